// Rejected: TestOrderOfTasks fail|panic: values travel as an any, and asserting T of a nil interface panics.
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

type future struct {
	done  chan struct{}
	value any
	err   error
}

func spawn(ctx context.Context, f func(context.Context) (any, error), failed func(error)) *future {
	fut := &future{done: make(chan struct{})}
	go func() {
		defer close(fut.done)
		if fut.value, fut.err = f(ctx); fut.err != nil {
			failed(fut.err)
		}
	}()
	return fut
}

func await[T any](fut *future) (T, error) {
	<-fut.done
	return fut.value.(T), fut.err
}

func start[T any](ctx context.Context, tasks []Task[T], failed func(error)) (all []*future) {
	for _, t := range tasks {
		if t == nil {
			panic("gather: nil task")
		}
	}
	for _, t := range tasks {
		all = append(all, spawn(ctx, func(ctx context.Context) (any, error) { return t(ctx) }, failed))
	}
	return all
}

func Gather[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	sub, cancel := context.WithCancel(ctx)
	defer cancel()
	var once sync.Once
	var first error
	vals := make([]T, 0, len(tasks))
	for _, fut := range start(sub, tasks, func(err error) { once.Do(func() { first = err; cancel() }) }) {
		v, _ := await[T](fut)
		vals = append(vals, v)
	}
	if first == nil {
		first = ctx.Err()
	}
	if first != nil {
		return nil, first
	}
	return vals, nil
}

func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	sub, cancel := context.WithCancel(ctx)
	defer cancel()
	var out []Result[T]
	for _, fut := range start(sub, tasks, func(error) {}) {
		v, err := await[T](fut)
		out = append(out, Result[T]{v, err})
	}
	return out
}
