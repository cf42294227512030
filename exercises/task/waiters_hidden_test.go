//go:build hidden

package task_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/task"
)

// manyWaiters has a crowd await one future, and then again, when it is resolved
// and each goes on without giving up its turn.
func manyWaiters(t *testing.T) {
	const crowd = 200
	l, f := newLoop(t), newFutures(t, 1)[0]
	var order probe.Log[int]
	for i := range crowd {
		l.Go(func(await waiter) any {
			await(f)
			order.Add(i)
			await(f)
			order.Add(i)
			return nil
		})
	}
	time.AfterFunc(time.Second, func() { f.Resolve(nil) })
	probe.Equal(t, 3, fmt.Sprintf("Run of %d tasks that await one future", crowd), run(t.Context(), l), "returns nil")
	got := order.All()
	probe.Equal(t, 2, fmt.Sprintf("awaits that return, of %d tasks that await one future twice", crowd), len(got), 2*crowd)
	for i, who := range got {
		if !probe.Equal(t, 2, fmt.Sprintf("task whose await returns as number %d, of %d tasks that await one future twice", i+1, crowd), who+1, i/2+1) {
			return
		}
	}
}

// crowd has n tasks made before Run and n more by a body: nobody takes them meanwhile.
func crowd(t *testing.T, n int) {
	l, ended := newLoop(t), 0 // bodies run one at a time: no lock
	all := func(waiter) any {
		for range n {
			l.Go(func(waiter) any { ended++; return nil })
		}
		return nil
	}
	all(nil)
	l.Go(all)
	probe.Equal(t, 3, fmt.Sprintf("Run of %d tasks, one of which makes %d more", n+1, n), run(t.Context(), l), "returns nil")
	probe.Equal(t, 1, fmt.Sprintf("tasks of %d that have ended", 2*n), ended, 2*n)
}

// finished has b and c made ready by a body that then ends, on which d waits.
func finished(t *testing.T) {
	l, f := newLoop(t), newFutures(t, 3)
	var order probe.Log[string]
	awaits := func(name string, f *task.Future) {
		l.Go(func(await waiter) any { await(f); order.Add(name); return nil })
	}
	result := l.Go(func(await waiter) any {
		await(f[0])
		f[1].Resolve(nil)
		f[2].Resolve(nil)
		return nil
	})
	awaits("d", result)
	awaits("c", f[2])
	awaits("b", f[1])
	time.AfterFunc(time.Second, func() { f[0].Resolve(nil) })
	probe.Equal(t, 3, "Run of four tasks", run(t.Context(), l), "returns nil")
	probe.Equal(t, 2, "order of b, c and d, whose futures were resolved by a body: b's, c's, and d's by its end", fmt.Sprint(order.All()), "[b c d]")
}

// oneInAnother has a body run a loop of its own.
func oneInAnother(t *testing.T) {
	outer, inner, f := newLoop(t), newLoop(t), newFutures(t, 1)[0]
	var got probe.Log[string]
	outer.Go(func(await waiter) any {
		inner.Go(func(await waiter) any { got.Add(show(await(f))); return nil })
		got.Add("another loop's Run " + run(t.Context(), inner))
		got.Add(show(await(f)))
		return nil
	})
	time.AfterFunc(time.Second, func() { f.Resolve(7) })
	probe.Equal(t, 3, "Run of a loop whose body runs another one", run(t.Context(), outer), "returns nil")
	probe.Equal(t, 1, "what happens when a body runs another loop, and both await a future that is resolved with 7", probe.Quoted(got.All()), probe.Quoted([]string{"7", "another loop's Run returns nil", "7"}))
}

// idles has a loop with nothing to do for long. One that looks again and again wakes up
// for that, thousands of times.
func idles(t *testing.T, long time.Duration) {
	const limit = 500 // of about eight wake-ups each
	l, f := newLoop(t), newFutures(t, 1)[0]
	l.Go(func(await waiter) any { return await(f) })
	time.AfterFunc(long, func() { f.Resolve(nil) })
	did := make(chan string, 1)
	go func() { did <- run(t.Context(), l) }()
	if probe.WakeUps(long-1) > limit {
		probe.Failf(t, 3, "a loop whose only task waits for %v wakes up thousands of times", long)
	}
	probe.Equal(t, 3, fmt.Sprint("Run of a task that waits for ", long), <-did, "returns nil")
}

// threeLoops run at the same time: tasks of two await one future, and that of the third
// awaits the result of the first.
func threeLoops(t *testing.T) {
	loops, f := []*task.Loop{newLoop(t), newLoop(t), newLoop(t)}, newFutures(t, 1)[0]
	var got, passed probe.Log[string]
	var results []*task.Future
	for _, l := range loops[:2] {
		results = append(results, l.Go(func(await waiter) any {
			v := await(f)
			got.Add(show(v))
			return v
		}))
	}
	loops[2].Go(func(await waiter) any { passed.Add(show(await(results[0]))); return nil })
	time.AfterFunc(time.Second, func() { f.Resolve(7) })
	probe.Parallel(t, len(loops), func(i int) {
		probe.Equal(t, 3, "Run of one of three loops that run at the same time", run(t.Context(), loops[i]), "returns nil")
	})
	probe.Equal(t, 1, "what tasks of two loops get from one future, resolved with 7", fmt.Sprint(got.All()), "[7 7]")
	probe.Equal(t, 1, "what a task gets from another loop's task, whose body returns 7", fmt.Sprint(passed.All()), "[7]")
}

// oneOfTwoLoops cancels a loop, whose body takes a second to unwind, while the body
// of another one goes on.
func oneOfTwoLoops(t *testing.T) {
	loops, f := []*task.Loop{newLoop(t), newLoop(t)}, newFutures(t, 3)
	never, soon, later := f[0], f[1], f[2]
	loops[0].Go(func(await waiter) any {
		defer time.Sleep(time.Second)
		return await(never)
	})
	var got probe.Log[string]
	loops[1].Go(func(await waiter) any {
		got.Add(show(await(soon)))
		got.Add(show(await(later)))
		return nil
	})
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Second, cancel)
	time.AfterFunc(1500*time.Millisecond, func() { soon.Resolve(1) })
	time.AfterFunc(3*time.Second, func() { later.Resolve(2) })
	var did [2]string
	probe.Parallel(t, len(loops), func(i int) {
		did[i] = run([]context.Context{ctx, t.Context()}[i], loops[i])
	})
	probe.Equal(t, 3, "what Run of a loop that is cancelled does beside another", did[0], "returns context.Canceled")
	probe.Equal(t, 3, "what Run does while the bodies of another loop unwind", did[1], "returns nil")
	probe.Equal(t, 1, "what a body gets from its awaits while those of another loop unwind", fmt.Sprint(got.All()), "[1 2]")
}

// awaitsInEachDefer has a body with several deferred calls, each of which awaits.
func awaitsInEachDefer(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Second, cancel)
	l, never := newLoop(t), newFutures(t, 1)[0]
	var log probe.Log[string]
	l.Go(func(await waiter) any {
		for _, name := range []string{"last", "second", "first"} {
			defer func() {
				log.Add(name)
				await(never)
				log.Add(name + " went on")
			}()
		}
		return await(never)
	})
	probe.Equal(t, 3, "what Run does when ctx is cancelled while a body with deferred calls is suspended", run(ctx, l), "returns context.Canceled")
	probe.Equal(t, 3, "deferred calls that have run by the time that Run has ended, when each of a body's three awaits a future that is not resolved", probe.Quoted(log.All()), probe.Quoted([]string{"first", "second", "last"}))
}

// lastPanics has a body panic when the others have ended.
func lastPanics(t *testing.T, value any, who string, others int) {
	l := newLoop(t)
	for range others {
		l.Go(func(waiter) any { return nil })
	}
	l.Go(func(waiter) any { panic(value) })
	probe.Equal(t, 3, "what Run does when "+who+" panics with "+show(value), run(t.Context(), l), "panics with "+show(value))
}
