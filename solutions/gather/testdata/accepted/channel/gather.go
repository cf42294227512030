// Accepted: every goroutine sends its outcome, and the caller's collects as many
// as there are tasks.
package gather

import (
	"context"
	"fmt"
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

type ended[T any] struct {
	place int
	Result[T]
}

// start runs the tasks; as many outcomes as there are tasks come out, in the
// order in which they end.
func start[T any](ctx context.Context, tasks []Task[T]) <-chan ended[T] {
	check(tasks)
	out := make(chan ended[T])
	for i, task := range tasks {
		go func() {
			v, err := task(ctx)
			out <- ended[T]{i, Result[T]{v, err}}
		}()
	}
	return out
}

func Gather[T any](parent context.Context, tasks ...Task[T]) ([]T, error) {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	out := start(ctx, tasks)
	values := make([]T, len(tasks))
	var failed error
	for range tasks {
		e := <-out
		values[e.place] = e.Value
		if e.Err != nil && failed == nil {
			failed = e.Err
			cancel()
		}
	}
	switch {
	case failed != nil:
		return nil, failed
	case parent.Err() != nil:
		return nil, parent.Err()
	}
	return values, nil
}

func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := start(ctx, tasks)
	results := make([]Result[T], len(tasks))
	for range tasks {
		e := <-out
		results[e.place] = e.Result
	}
	return results
}
