// Rejected: TestContextOfTasks leak: without an error Gather never cancels its tasks' context.
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

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	check(tasks)
	inner, cancel := context.WithCancel(ctx)
	values := make([]T, len(tasks))
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		first error
	)
	for i, task := range tasks {
		wg.Go(func() {
			v, err := task(inner)
			mu.Lock()
			defer mu.Unlock()
			if err != nil && first == nil {
				first = err
				cancel()
			}
			values[i] = v
		})
	}
	wg.Wait()
	if first == nil {
		first = ctx.Err()
	}
	if first != nil {
		return nil, first
	}
	return values, nil
}

func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	check(tasks)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make([]Result[T], len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() {
			v, err := task(ctx)
			results[i] = Result[T]{v, err}
		})
	}
	wg.Wait()
	return results
}
