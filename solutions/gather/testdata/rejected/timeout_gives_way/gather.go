// Rejected: TestContextDone fail: after the deadline of ctx a task's error that tells of it gives way to a later one
package gather

import (
	"context"
	"errors"
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

// timedOut says whether err is nothing but the end of a ctx whose time is up.
func timedOut(ctx context.Context, err error) bool {
	var t interface{ Timeout() bool }
	return ctx.Err() == context.DeadlineExceeded && errors.As(err, &t) && t.Timeout()
}

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	check(tasks)
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	values := make([]T, len(tasks))
	var (
		wg             sync.WaitGroup
		mu             sync.Mutex
		first, symptom error
	)
	note := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if first != nil {
			return
		}
		if !timedOut(ctx, err) {
			first = err
		} else if symptom == nil {
			symptom = err
		}
	}
	for i, task := range tasks {
		wg.Go(func() {
			v, err := task(inner)
			if err != nil {
				note(err)
				cancel()
				return
			}
			values[i] = v
		})
	}
	wg.Wait()
	if first == nil {
		first = symptom
	}
	if first == nil && len(tasks) > 0 {
		first = ctx.Err()
	}
	if first != nil {
		return nil, first
	}
	return values, nil
}

func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	check(tasks)
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make([]Result[T], len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() { results[i].Value, results[i].Err = task(inner) })
	}
	wg.Wait()
	return results
}
