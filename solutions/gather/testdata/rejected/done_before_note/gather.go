// Rejected: TestFirstErrorCancels fail: a task counts as done before its error is noted, so that Gather may overlook it.
package gather

import (
	"context"
	"fmt"
	"sync"
)

// Task is one piece of work.
type Task[T any] func(context.Context) (T, error)

// Result is what one task returned.
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
	if len(tasks) == 0 {
		return []T{}, nil
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		first error
	)
	values := make([]T, len(tasks))
	for i, task := range tasks {
		wg.Add(1)
		go func() {
			value, err := task(inner)
			if err != nil {
				defer cancel()
				wg.Done()
				mu.Lock()
				if first == nil {
					first = err
				}
				mu.Unlock()
				return
			}
			values[i] = value
			wg.Done()
		}()
	}
	wg.Wait()
	mu.Lock()
	defer mu.Unlock()
	if first != nil {
		return nil, first
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return values, nil
}

func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	check(tasks)
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	results := make([]Result[T], len(tasks))
	for i, task := range tasks {
		wg.Add(1)
		go func() {
			defer wg.Done()
			results[i].Value, results[i].Err = task(inner)
		}()
	}
	wg.Wait()
	return results
}
