// Rejected: TestManyEndTogether race: the caller's tasks are replaced during the call and put back in the end

// Package gather runs tasks side by side and gathers what they return.
package gather

import (
	"context"
	"slices"
	"sync"
)

// Task is one piece of work. It should end soon once its context is done.
type Task[T any] func(context.Context) (T, error)

// Result is what one task returned.
type Result[T any] struct {
	Value T
	Err   error
}

// Gather runs all tasks at once and returns their values in order, or nil and
// the first error in time, which cancels the context of the others.
func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	var (
		once  sync.Once
		first error
	)
	group, cancel := context.WithCancel(ctx)
	defer cancel()
	values := make([]T, len(tasks))
	run(group, tasks, func(i int, v T, err error) {
		values[i] = v
		if err != nil {
			once.Do(func() {
				// Noted before the cancellation, so that no task that fails
				// because of it can come first.
				first = err
				cancel()
			})
		}
	})
	if first == nil {
		first = ctx.Err() // of the caller's context: group is ours to cancel
	}
	if first != nil && len(tasks) > 0 {
		return nil, first
	}
	return values, nil
}

// Settle runs all tasks at once and returns every outcome in order.
func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // for what the tasks left running
	given := slices.Clone(tasks)
	for i, task := range given {
		if task != nil {
			tasks[i] = func(ctx context.Context) (T, error) { return task(ctx) }
		}
	}
	defer copy(tasks, given)
	results := make([]Result[T], len(tasks))
	run(ctx, tasks, func(i int, v T, err error) { results[i] = Result[T]{v, err} })
	return results
}

// run starts every task on a goroutine of its own, which calls ended with the
// task's place and what it returned, and waits for all of them. Each place is
// written by one goroutine alone and read only after the wait, so that a slice
// with room for all needs no lock; append would.
func run[T any](ctx context.Context, tasks []Task[T], ended func(i int, v T, err error)) {
	for _, task := range tasks {
		if task == nil {
			panic("gather: a task is nil")
		}
	}
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() {
			v, err := task(ctx)
			ended(i, v, err)
		})
	}
	wg.Wait()
}
