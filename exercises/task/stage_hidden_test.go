//go:build hidden

package task_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/task"
)

type waiter = func(*task.Future) any

var errLine = errors.New("the line is dead") // a cause or a value, never Run's error

// newLoop returns a loop, which is not nil.
func newLoop(t *testing.T) *task.Loop {
	t.Helper()
	l := task.NewLoop()
	if l == nil {
		probe.Failf(t, 1, "NewLoop() returned nil")
		t.FailNow()
	}
	return l
}

// newFutures returns n futures, which are not nil.
func newFutures(t *testing.T, n int) []*task.Future {
	t.Helper()
	all := make([]*task.Future, n)
	for i := range all {
		if all[i] = task.NewFuture(); all[i] == nil {
			probe.Failf(t, 1, "NewFuture() returned nil")
			t.FailNow()
		}
	}
	return all
}

// loopAndFutures is both for one schedule.
func loopAndFutures(s *explore.S, n int) (l *task.Loop, all []*task.Future, ok bool) {
	if l = task.NewLoop(); l == nil {
		s.Failf(1, "NewLoop() returned nil")
		return nil, nil, false
	}
	for range n {
		f := task.NewFuture()
		if f == nil {
			s.Failf(1, "NewFuture() returned nil")
			return nil, nil, false
		}
		all = append(all, f)
	}
	return l, all, true
}

// run calls Run and says what it did.
func run(ctx context.Context, l *task.Loop) string {
	var err error
	if p := probe.Recovered(func() { err = l.Run(ctx) }); p != nil {
		return "panics with " + show(p)
	}
	return "returns " + probe.ErrorNames(probe.OfContext(ctx, err))
}

// show writes values of the tests' own types, whose methods it can trust.
func show(v any) string {
	switch v := v.(type) {
	case nil, int, bool, string:
		return fmt.Sprint(v)
	case *int:
		return "a pointer"
	case *task.Future:
		return "a future"
	case runtime.Error:
		return "a runtime error"
	case error:
		switch v {
		case errLine:
			return "an error"
		case context.Canceled:
			return "context.Canceled"
		}
	}
	return "another value"
}

// same says whether got is the very value that was handed in.
func same(got, want any) string {
	if got == want {
		return "the same value"
	}
	return show(got)
}

// handOver has v go through a future, and through a task's result.
func handOver(t *testing.T, v any) {
	l, f := newLoop(t), newFutures(t, 1)[0]
	var got, again, passed, ended, unasked probe.Log[any]
	quick := l.Go(func(waiter) any { return v })
	result := l.Go(func(await waiter) any {
		got.Add(await(f))
		again.Add(await(f))
		return v
	})
	if result == nil {
		probe.Failf(t, 1, "Go(body) returned nil")
		return
	}
	l.Go(func(await waiter) any {
		passed.Add(await(result))
		l.Go(func(await waiter) any { ended.Add(await(result)); return nil })
		unasked.Add(await(quick))
		return nil
	})
	time.AfterFunc(time.Second, func() { f.Resolve(v) })
	probe.Equal(t, 3, "Run of tasks that all end", run(t.Context(), l), "returns nil")
	for _, c := range []struct {
		what string
		log  *probe.Log[any]
	}{
		{"await of a future that is resolved with " + show(v) + " meanwhile", &got},
		{"await of a future that has been resolved with " + show(v), &again},
		{"await of a task whose body returns " + show(v), &passed},
		{"await of a task whose body has returned " + show(v), &ended},
		{"the first await of a task whose body has returned " + show(v), &unasked},
	} {
		values := c.log.All()
		if !probe.Equal(t, 1, "times that this returned: "+c.what, len(values), 1) ||
			!probe.Equal(t, 1, c.what, same(values[0], v), "the same value") {
			return
		}
	}
}

// tasksOfTasks has a body start others, and add up what they return.
func tasksOfTasks(t *testing.T, n int) {
	l := newLoop(t)
	var sum probe.Log[int]
	var begun probe.Log[string]
	var grow func(depth int) func(waiter) any
	grow = func(depth int) func(waiter) any {
		return func(await waiter) any {
			if depth == 0 {
				return 1
			}
			var children []*task.Future
			for i := range n {
				child := grow(depth - 1)
				children = append(children, l.Go(func(await waiter) any {
					if depth == 2 {
						begun.Add(fmt.Sprint(i))
					}
					return child(await)
				}))
			}
			total := 0
			for _, c := range children {
				v, _ := await(c).(int)
				total += v
			}
			return total
		}
	}
	l.Go(func(await waiter) any {
		v, _ := grow(2)(await).(int)
		sum.Add(v)
		return nil
	})
	probe.Equal(t, 3, "Run of a task that starts others", run(t.Context(), l), "returns nil")
	probe.Equal(t, 1, fmt.Sprintf("sum of %d tasks, each of which adds up %d others", n, n), fmt.Sprint(sum.All()), fmt.Sprint([]int{n * n}))
	var want []string
	for i := range n {
		want = append(want, fmt.Sprint(i))
	}
	probe.Equal(t, 1, "order in which tasks begin that a body started", fmt.Sprint(begun.All()), fmt.Sprint(want))
}

// beforeRun looks at what happens before Run, and resolves a future by then.
func beforeRun(t *testing.T) {
	l, f := newLoop(t), newFutures(t, 2)
	var log probe.Log[string]
	for _, name := range []string{"a", "b"} {
		l.Go(func(await waiter) any {
			log.Add(name + " begins")
			log.Add(name + " got " + show(await(f[0])))
			return nil
		})
	}
	f[0].Resolve(7)
	probe.Equal(t, 1, "goroutines started by two calls of Go before Run", len(probe.Leaked()), 0)
	probe.Equal(t, 1, "bodies begun before Run", log.Len(), 0)
	probe.Equal(t, 3, "Run of two tasks", run(t.Context(), l), "returns nil")
	probe.Equal(t, 2, "what two bodies do that await a future resolved before Run", probe.Quoted(log.All()),
		probe.Quoted([]string{"a begins", "a got 7", "b begins", "b got 7"}))
	f[1].Resolve(1)
	probe.Equal(t, 3, "Run without tasks", run(t.Context(), newLoop(t)), "returns nil")
}

// misuse makes the mistakes that panic.
func misuse(t *testing.T) {
	values := []any{1, nil, 0, false}
	l, f := newLoop(t), newFutures(t, len(values))
	for i, v := range values {
		f[i].Resolve(v)
		for _, again := range []any{v, nil, 1, 2} {
			if probe.Recovered(func() { f[i].Resolve(again) }) == nil {
				probe.Fail(t, 2, fmt.Sprintf("a second Resolve, with %s, after one with %s", show(again), show(v)), "no panic", "a panic")
			}
		}
	}
	if probe.Recovered(func() { l.Go(nil) }) == nil {
		probe.Fail(t, 1, "Go(nil)", "no panic", "a panic")
	}
	var got []string
	l = newLoop(t)
	l.Go(func(await waiter) any {
		for i := range f {
			got = append(got, show(await(f[i])))
		}
		return nil
	})
	run(t.Context(), l)
	probe.Equal(t, 2, "awaits of futures resolved with 1, nil, 0 and false, when all further Resolves have panicked", fmt.Sprint(got), "[1 <nil> 0 false]")
}

// page is a value that nobody locks: a future alone hands it over.
type page struct{ words int }

// shared has n bodies write a plain variable, and others resolve what they await,
// also while a body computes.
func shared(t *testing.T, n int) {
	const rounds = 20
	var inside probe.Gauge
	sum := 0
	l := newLoop(t)
	for range n {
		l.Go(func(await waiter) any {
			for round := range rounds {
				f := task.NewFuture()
				if f == nil {
					return nil
				}
				go f.Resolve(&page{1})
				if p, ok := await(f).(*page); ok {
					inside.Enter()
					sum += p.words
					if round%5 == 0 {
						time.Sleep(time.Millisecond)
					}
					inside.Leave()
				}
			}
			return nil
		})
	}
	probe.Equal(t, 3, fmt.Sprintf("Run of %d tasks", n), run(t.Context(), l), "returns nil")
	synctest.Wait()
	probe.Equal(t, 4, fmt.Sprintf("additions to a plain variable of %d bodies", n), sum, n*rounds)
	probe.Equal(t, 4, fmt.Sprintf("bodies of %d that run at the same time", n), inside.Peak(), 1)
}
