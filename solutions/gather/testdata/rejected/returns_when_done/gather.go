// Rejected: TestContextDone fail: returns as soon as ctx is done, while tasks run.
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
	type ended struct {
		place int
		value T
		err   error
	}
	out := make(chan ended, len(tasks))
	for i, task := range tasks {
		go func() {
			v, err := task(inner)
			out <- ended{i, v, err}
		}()
	}
	values := make([]T, len(tasks))
	var first error
	for range tasks {
		select {
		case e := <-out:
			values[e.place] = e.value
			if e.err != nil && first == nil {
				first = e.err
				cancel()
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if first != nil {
		return nil, first
	}
	return values, nil
}
