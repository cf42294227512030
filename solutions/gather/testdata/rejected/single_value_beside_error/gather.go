// Rejected: TestFirstErrorCancels fail: the short cut for a task alone returns its value beside its error.
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

func check[T any](tasks []Task[T]) {
	for _, t := range tasks {
		if t == nil {
			panic("gather: nil task")
		}
	}
}

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	check(tasks)
	sub, cancel := context.WithCancel(ctx)
	defer cancel()
	if len(tasks) == 1 { // no goroutine needed
		v, err := tasks[0](sub)
		if err == nil {
			err = ctx.Err()
		}
		return []T{v}, err
	}
	vals := make([]T, len(tasks))
	var once sync.Once
	var first error
	var wg sync.WaitGroup
	for i, t := range tasks {
		wg.Go(func() {
			v, err := t(sub)
			if err != nil {
				once.Do(func() { first = err; cancel() })
				return
			}
			vals[i] = v
		})
	}
	wg.Wait()
	if first != nil {
		return nil, first
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return vals, nil
}

func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	check(tasks)
	sub, cancel := context.WithCancel(ctx)
	defer cancel()
	out := make([]Result[T], len(tasks))
	var wg sync.WaitGroup
	for i, t := range tasks {
		wg.Go(func() {
			v, err := t(sub)
			out[i] = Result[T]{v, err}
		})
	}
	wg.Wait()
	return out
}
