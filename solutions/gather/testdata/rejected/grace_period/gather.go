// Rejected: TestFirstErrorCancels fail: after the first error the others have ten seconds, and then run on by themselves.
package gather

import (
	"context"
	"fmt"
	"sync"
	"time"
)

type Task[T any] func(context.Context) (T, error)

type Result[T any] struct {
	Value T
	Err   error
}

func check[T any](tasks []Task[T]) {
	for i, t := range tasks {
		if t == nil {
			panic(fmt.Sprintf("gather: task %d is nil", i))
		}
	}
}

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	check(tasks)
	inner, cancelCause := context.WithCancelCause(ctx)
	defer cancelCause(nil)
	values := make([]T, len(tasks))
	var (
		wg    sync.WaitGroup
		once  sync.Once
		first error
	)
	for i, t := range tasks {
		wg.Go(func() {
			v, err := t(inner)
			if err != nil {
				once.Do(func() {
					first = err
					cancelCause(err)
				})
				return
			}
			values[i] = v
		})
	}
	over := make(chan bool)
	go func() { wg.Wait(); close(over) }()
	select {
	case <-over:
	case <-inner.Done():
		select {
		case <-over:
		case <-time.After(10 * time.Second):
			return nil, context.Cause(inner)
		}
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
	var wg sync.WaitGroup
	for i, t := range tasks {
		wg.Go(func() { results[i].Value, results[i].Err = t(ctx) })
	}
	wg.Wait()
	return results
}
