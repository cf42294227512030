// Accepted: atomics instead of locks: a pointer that only the first error gets
// into, and a counter whose last step closes a channel.
package gather

import (
	"context"
	"fmt"
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
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var first atomic.Pointer[error]
	values := make([]T, len(tasks))
	each(inner, tasks, func(i int, v T, err error) {
		if err != nil && first.CompareAndSwap(nil, &err) {
			cancel()
		}
		values[i] = v
	})
	if err := first.Load(); err != nil {
		return nil, *err
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("gather: %w", ctx.Err())
	}
	return values, nil
}

func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make([]Result[T], len(tasks))
	each(ctx, tasks, func(i int, v T, err error) { results[i] = Result[T]{v, err} })
	return results
}

func each[T any](ctx context.Context, tasks []Task[T], f func(int, T, error)) {
	check(tasks)
	if len(tasks) == 0 {
		return
	}
	var left atomic.Int64
	left.Store(int64(len(tasks)))
	all := make(chan struct{})
	for i, task := range tasks {
		go func() {
			v, err := task(ctx)
			f(i, v, err)
			if left.Add(-1) == 0 {
				close(all)
			}
		}()
	}
	<-all
}
