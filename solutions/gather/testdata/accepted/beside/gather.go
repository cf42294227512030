// Accepted: one lock around all that the tasks leave behind; when ctx ends and no
// task fails, its error comes beside the values, of which the contract says nothing. What
// happens is logged, in a book that has a lock of its own.
package gather

import (
	"bytes"
	"context"
	"log"
	"sync"
)

type Task[T any] func(context.Context) (T, error)

type Result[T any] struct {
	Value T
	Err   error
}

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var failed error
	values := make([]T, len(tasks))
	each(inner, tasks, func(i int, r Result[T]) {
		values[i] = r.Value
		if r.Err != nil && failed == nil {
			failed = r.Err
			cancel()
		}
	})
	switch {
	case failed != nil:
		return nil, failed
	case len(tasks) == 0:
		return values, nil
	}
	return values, ctx.Err()
}

func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make([]Result[T], len(tasks))
	each(ctx, tasks, func(i int, r Result[T]) { results[i] = r })
	return results
}

// each calls ended for each task, one at a time.
func each[T any](ctx context.Context, tasks []Task[T], ended func(int, Result[T])) {
	for _, task := range tasks {
		if task == nil {
			log.Panicln("gather: every task must be a function")
		}
	}
	var kept book
	begins, ends := log.New(&kept, "begins: ", 0), log.New(&kept, "ends: ", 0)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() {
			begins.Print("task ", i)
			v, err := task(ctx)
			ends.Print("task ", i, ", error ", err)
			mu.Lock()
			defer mu.Unlock()
			ended(i, Result[T]{v, err})
		})
	}
	wg.Wait()
}

// book is what two loggers write to.
type book struct {
	mu    sync.Mutex
	lines bytes.Buffer
}

func (b *book) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.lines.Write(line)
}
