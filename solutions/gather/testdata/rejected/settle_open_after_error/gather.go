// Rejected: TestContextOfTasks fail: Settle leaves the tasks' context open when one of them has failed.
package gather

import (
	"context"
	"sync"
	"sync/atomic"
)

type Task[T any] func(context.Context) (T, error)

type Result[T any] struct {
	Value T
	Err   error
}

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	var (
		once  sync.Once
		first error
	)
	group, cancel := context.WithCancel(ctx)
	defer cancel()
	values := make([]T, len(tasks))
	run(group, tasks, func(i int, v T, err error) {
		values[i] = v
		if err != nil {
			once.Do(func() {
				first = err
				cancel()
			})
		}
	})
	if first == nil {
		first = ctx.Err()
	}
	if first != nil && len(tasks) > 0 {
		return nil, first
	}
	return values, nil
}

func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	ctx, cancel := context.WithCancel(ctx)
	results := make([]Result[T], len(tasks))
	var failed atomic.Bool
	run(ctx, tasks, func(i int, v T, err error) {
		if err != nil {
			failed.Store(true)
		}
		results[i] = Result[T]{v, err}
	})
	if failed.Load() {
		return results
	}
	cancel()
	return results
}

func run[T any](ctx context.Context, tasks []Task[T], ended func(i int, v T, err error)) {
	for _, task := range tasks {
		if task == nil {
			panic("gather: a task is nil")
		}
	}
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() {
			v, err := task(ctx)
			ended(i, v, err)
		})
	}
	wg.Wait()
}
