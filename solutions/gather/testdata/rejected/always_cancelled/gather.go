// Rejected: TestContextDone fail: context.Canceled is returned whatever ended ctx.
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

func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	check(tasks)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := make([]Result[T], len(tasks))
	var wg sync.WaitGroup
	for i, t := range tasks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			out[i].Value, out[i].Err = t(ctx)
		}()
	}
	wg.Wait()
	return out
}

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	check(tasks)
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	out := make([]T, len(tasks))
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failed error
	for i, t := range tasks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v, err := t(inner)
			out[i] = v
			if err != nil {
				mu.Lock()
				if failed == nil {
					failed = err
					cancel()
				}
				mu.Unlock()
			}
		}()
	}
	wg.Wait()
	if failed == nil {
		if ctx.Err() != nil {
			failed = context.Canceled
		}
	}
	if failed != nil {
		return nil, failed
	}
	return out, nil
}
