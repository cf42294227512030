// Rejected: TestContextDone fail: when ctx is done only the first 64 tasks start
package gather

import (
	"context"
	"fmt"
	"sync"
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

const lot = 64

// run starts the tasks and waits for them. It returns how many it has started.
func run[T any](ctx, inner context.Context, tasks []Task[T], ended func(int, T, error)) (started int) {
	check(tasks)
	var wg sync.WaitGroup
	defer wg.Wait()
	for i, task := range tasks {
		if i > 0 && i%lot == 0 && ctx.Err() != nil {
			return i
		}
		wg.Go(func() {
			v, err := task(inner)
			ended(i, v, err)
		})
	}
	return len(tasks)
}

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var once sync.Once
	var first error
	values := make([]T, len(tasks))
	run(ctx, inner, tasks, func(i int, v T, err error) {
		values[i] = v
		if err != nil {
			once.Do(func() {
				first = err
				cancel()
			})
		}
	})
	if first == nil && len(tasks) > 0 {
		first = ctx.Err()
	}
	if first != nil {
		return nil, first
	}
	return values, nil
}

func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make([]Result[T], len(tasks))
	started := run(ctx, inner, tasks, func(i int, v T, err error) { results[i] = Result[T]{v, err} })
	for i := range results[started:] {
		results[started+i].Err = ctx.Err()
	}
	return results
}
