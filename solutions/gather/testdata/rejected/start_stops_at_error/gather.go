// Rejected: TestAllStartAtOnce fail: once a task has failed no more are started.
package gather

import (
	"context"
	"sync"
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
	run(ctx, group, tasks, func(i int, v T, err error) {
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
	defer cancel()
	results := make([]Result[T], len(tasks))
	run(ctx, ctx, tasks, func(i int, v T, err error) { results[i] = Result[T]{v, err} })
	return results
}

func run[T any](parent, ctx context.Context, tasks []Task[T], ended func(i int, v T, err error)) {
	for _, task := range tasks {
		if task == nil {
			panic("gather: a task is nil")
		}
	}
	var wg sync.WaitGroup
	for i, task := range tasks {
		if ctx.Err() != nil && parent.Err() == nil {
			break
		}
		wg.Go(func() {
			v, err := task(ctx)
			ended(i, v, err)
		})
	}
	wg.Wait()
}
