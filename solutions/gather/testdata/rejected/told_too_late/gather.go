// Rejected: TestContextDone fail: an AfterFunc tells of the end of ctx, maybe only after the last task has returned
package gather

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

type Task[T any] func(context.Context) (T, error)

type Result[T any] struct {
	Value T
	Err   error
}

func check[T any](tasks []Task[T]) {
	for i, task := range tasks {
		if task == nil {
			panic(fmt.Sprintf("gather: task %d is nil", i))
		}
	}
}

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	check(tasks)
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var over atomic.Bool
	defer context.AfterFunc(ctx, func() { over.Store(true) })()
	var first atomic.Pointer[error]
	values := make([]T, len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() {
			v, err := task(inner)
			if err != nil && first.CompareAndSwap(nil, &err) {
				cancel()
			}
			values[i] = v
		})
	}
	wg.Wait()
	switch err := first.Load(); {
	case err != nil:
		return nil, *err
	case len(tasks) > 0 && over.Load():
		return nil, ctx.Err()
	}
	return values, nil
}

func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	check(tasks)
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make([]Result[T], len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() { results[i].Value, results[i].Err = task(inner) })
	}
	wg.Wait()
	return results
}
