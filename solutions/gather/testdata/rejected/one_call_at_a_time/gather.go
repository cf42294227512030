// Rejected: TestAllStartAtOnce deadlock: a task that calls Gather waits for the call that waits for it.
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
	for i, t := range tasks {
		if t == nil {
			panic(fmt.Sprintf("gather: task %d is nil", i))
		}
	}
}

var big sync.Mutex

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	check(tasks)
	big.Lock()
	defer big.Unlock()
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
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
					cancel()
				})
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
