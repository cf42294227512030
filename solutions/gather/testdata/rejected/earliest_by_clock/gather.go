// Rejected: TestFirstErrorCancels fail: the earlier time wins, or the lower place: what a task returns on cancellation replaces the error that caused it.
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
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	values := make([]T, len(tasks))
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		first error
		when  time.Time
		index int
	)
	for i, t := range tasks {
		wg.Go(func() {
			v, err := t(inner)
			if err != nil {
				now := time.Now()
				mu.Lock()
				defer mu.Unlock()
				if first == nil || now.Before(when) || now.Equal(when) && i < index {
					first, when, index = err, now, i
				}
				cancel()
				return
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
	for i, t := range tasks {
		wg.Go(func() { results[i].Value, results[i].Err = t(ctx) })
	}
	wg.Wait()
	return results
}
