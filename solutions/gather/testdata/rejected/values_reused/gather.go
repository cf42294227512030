// Rejected: TestManyEndTogether fail: the slice of values goes back to a pool, and the next call writes to it.
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

var pool sync.Pool

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	check(tasks)
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	values := make([]T, len(tasks))
	if old, ok := pool.Get().([]T); ok && cap(old) >= len(tasks) && len(tasks) > 0 {
		values = old[:len(tasks)]
	}
	defer pool.Put(values)
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
