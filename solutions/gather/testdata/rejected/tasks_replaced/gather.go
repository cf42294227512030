// Rejected: TestOrderOfTasks fail: wraps the tasks in place, in the slice of the caller.
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

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	check(tasks)
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	firsts := make(chan error, 1)
	for i, task := range tasks {
		tasks[i] = func(ctx context.Context) (T, error) {
			v, err := task(ctx)
			if err != nil {
				select {
				case firsts <- err:
					cancel()
				default:
				}
			}
			return v, err
		}
	}
	results := Settle(inner, tasks...)
	select {
	case err := <-firsts:
		return nil, err
	default:
	}
	if ctx.Err() != nil && len(tasks) > 0 {
		return nil, ctx.Err()
	}
	values := make([]T, 0, len(results))
	for _, r := range results {
		values = append(values, r.Value)
	}
	return values, nil
}
