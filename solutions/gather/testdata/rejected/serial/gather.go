// Rejected: TestAllStartAtOnce fail: one task after the other.
package gather

import (
	"context"
	"fmt"
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
	values := make([]T, len(tasks))
	var first error
	for i, task := range tasks {
		v, err := task(inner)
		if err != nil && first == nil {
			first = err
			cancel()
		}
		values[i] = v
	}
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
	for i, task := range tasks {
		v, err := task(ctx)
		results[i] = Result[T]{v, err}
	}
	return results
}
