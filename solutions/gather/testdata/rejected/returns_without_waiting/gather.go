// Rejected: TestFirstErrorCancels fail: the first error is returned while the other tasks still run.
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
	values := make([]T, len(tasks))
	errs := make(chan error, len(tasks))
	for i, task := range tasks {
		go func() {
			v, err := task(inner)
			values[i] = v
			errs <- err
		}()
	}
	for range tasks {
		if err := <-errs; err != nil {
			return nil, err
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return values, nil
}
