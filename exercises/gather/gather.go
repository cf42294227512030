// Package gather runs tasks side by side and gathers what they return.
package gather

import "context"

// Task is one piece of work. It should end soon once its context is done.
type Task[T any] func(context.Context) (T, error)

// Result is what one task returned.
type Result[T any] struct {
	Value T
	Err   error
}

// Gather starts all tasks at once, without a limit, waits for every one of them,
// and returns their values in the order of tasks, whatever order they finish in.
// Without tasks it returns an empty, non-nil slice.
//
// The first error in time cancels the context of the other tasks; when all have
// ended, Gather returns nil and that error. When ctx is done, Gather still starts
// and waits for every task; it then returns nil and the first task error in time,
// or ctx's error when no task failed.
//
// The tasks' context is derived from ctx and is done once Gather has returned.
// Gather panics when a task is nil, before any task starts.
func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	return nil, nil
}

// Settle starts all tasks at once, without a limit, waits for every one of them,
// and returns every outcome in the order of tasks. An error cancels nothing, and
// neither does ctx: when it is done the tasks see that in their context, and
// Settle returns what they made of it.
//
// The tasks' context is derived from ctx and is done once Settle has returned.
// Settle panics when a task is nil, before any task starts.
func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	return nil
}
