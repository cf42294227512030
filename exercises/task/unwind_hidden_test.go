//go:build hidden

package task_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/task"
)

// cancelIdle cancels while n bodies are suspended, and resolves too late.
func cancelIdle(t *testing.T, n int) {
	const when = 1500 * time.Millisecond
	for _, want := range []string{"context.Canceled", "context.DeadlineExceeded"} {
		ctx, cancel := context.WithCancelCause(t.Context())
		if want == "context.Canceled" {
			time.AfterFunc(when, func() { cancel(errLine) })
		} else {
			var release func()
			ctx, release = context.WithTimeoutCause(ctx, when, errLine)
			defer release()
		}
		var begun, went, ended probe.Gauge
		l, f := newLoop(t), newFutures(t, 1)[0]
		for range n {
			l.Go(func(await waiter) any {
				begun.Enter()
				defer ended.Enter()
				await(f)
				went.Enter()
				return nil
			})
		}
		var did string
		took := probe.Elapsed(func() { did = run(ctx, l) })
		probe.Equal(t, 3, "bodies that have begun", begun.Total(), n)
		probe.Equal(t, 3, fmt.Sprintf("what Run does when ctx ends at 1.5 s and %d bodies are suspended", n), did, "returns "+want)
		probe.Equal(t, 3, "time until Run returns when ctx ends at 1.5 s", took, when)
		probe.Equal(t, 3, "bodies whose deferred calls have run when Run returns", ended.Total(), n)
		f.Resolve(1)
		synctest.Wait()
		probe.Equal(t, 3, "bodies whose await returned although Run had ended", went.Total(), 0)
		cancel(nil)
	}
}

// cancelledOnEntry has one body, and then several, that may not begin.
func cancelledOnEntry(t *testing.T) {
	for n, tasks := range []string{"one task", "two tasks", "three tasks"} {
		ctx, cancel := context.WithCancelCause(t.Context())
		cancel(errLine)
		var begun probe.Gauge
		l := newLoop(t)
		for range 1 + n {
			l.Go(func(waiter) any { begun.Enter(); return nil })
		}
		probe.Equal(t, 3, fmt.Sprintf("Run of %s with ctx done on entry", tasks), run(ctx, l), "returns context.Canceled")
		probe.Equal(t, 3, fmt.Sprintf("bodies of %s that have begun although ctx was done on entry", tasks), begun.Total(), 0)
	}
}

// cancelBusy has a loop that is never idle: somebody is always ready.
func cancelBusy(t *testing.T) {
	const most, few = 1000, 64
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(100*time.Millisecond+time.Microsecond, func() { cancel(errLine) })
	var before, after probe.Gauge
	l := newLoop(t)
	for range 2 {
		l.Go(func(await waiter) any {
			for range most {
				if ctx.Err() == nil {
					before.Enter()
				} else {
					after.Enter()
				}
				f := task.NewFuture()
				l.Go(func(waiter) any { f.Resolve(nil); return nil })
				time.Sleep(time.Millisecond)
				await(f)
			}
			return nil
		})
	}
	did := run(ctx, l)
	if before.Total() == 0 {
		probe.Failf(t, 3, "no body has begun")
	}
	probe.Equal(t, 3, "what Run does when ctx is cancelled while there is always a body ready", did, "returns context.Canceled")
	if n := after.Total(); n > few {
		probe.Fail(t, 3, "turns after ctx is done while there is always a body ready", n, "next to none")
	}
}

// cancelBeforeOthersBegin cancels while the first of three bodies computes.
func cancelBeforeOthersBegin(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(500*time.Millisecond, func() { cancel(errLine) })
	var log probe.Log[string]
	l, never := newLoop(t), newFutures(t, 1)[0]
	l.Go(func(await waiter) any {
		log.Add("a begins")
		defer log.Add("a unwinds")
		time.Sleep(time.Second)
		await(never)
		log.Add("a goes on")
		return nil
	})
	for range 2 {
		l.Go(func(waiter) any { log.Add("another begins"); return nil })
	}
	probe.Equal(t, 3, "what Run does when ctx is cancelled while a body computes", run(ctx, l), "returns context.Canceled")
	probe.Equal(t, 3, "what bodies do when ctx is cancelled while the first computes", probe.Quoted(log.All()), probe.Quoted([]string{"a begins", "a unwinds"}))
}

// nothingStays cancels while bodies await futures that nobody resolves, and each
// other; Bubble finds who stays behind.
func nothingStays(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(1500*time.Millisecond, func() { cancel(errLine) })
	l, never := newLoop(t), newFutures(t, 1)[0]
	result := l.Go(func(await waiter) any { return await(never) })
	for range 3 {
		before := result
		result = l.Go(func(await waiter) any { return await(before) })
	}
	probe.Equal(t, 3, "what Run does when ctx is cancelled while bodies await each other", run(ctx, l), "returns context.Canceled")
}

// allEnd has every task end, and nobody has told ctx: what Run has done to hear of
// its end must be undone.
func allEnd(t *testing.T) {
	l, f := newLoop(t), newFutures(t, 1)[0]
	l.Go(func(await waiter) any { return await(f) })
	l.Go(func(waiter) any { return nil })
	time.AfterFunc(time.Second, func() { f.Resolve(nil) })
	ctx := probe.Foreign(t.Context()) // a goroutine follows it for whoever waits for it
	probe.Equal(t, 3, "what Run does when every task has ended", run(ctx, l), "returns nil")
	probe.NoneLeft(t, "Run")
}

// unwind has five bodies suspended, each with deferred calls that compute, await,
// resolve or start a task, when one more, at 1 s, does last. It says what Run did.
// What bodies do is logged by each, since their order is open.
func unwind(ctx context.Context, t *testing.T, last func(await waiter, never *task.Future)) string {
	t.Helper()
	l, f := newLoop(t), newFutures(t, 5)
	never, soon, early, other, another := f[0], f[1], f[2], f[3], f[4]
	early.Resolve(1)
	// Whoever awaits f is made ready while bodies are unwound, and shall not go on.
	var resolvers probe.Log[string]
	resolves := func(f *task.Future) {
		l.Go(func(await waiter) any {
			defer func() {
				resolvers.Add("deferred")
				f.Resolve(1)
			}()
			await(never)
			resolvers.Add("went on")
			return nil
		})
	}
	resolves(another)
	var inside, strange probe.Gauge
	logs := map[string]*probe.Log[string]{}
	suspended := func(name string, awaited *task.Future, again func(await waiter)) {
		log := &probe.Log[string]{}
		logs[name] = log
		l.Go(func(await waiter) any {
			defer func() {
				log.Add("outer defer")
				inside.Leave()
			}()
			defer func() {
				inside.Enter()
				time.Sleep(time.Second) // is anyone else unwound meanwhile, or while this waits in again?
				log.Add("inner defer")
				again(await)
				log.Add("went on after an await in a deferred call")
			}()
			log.Add("begun")
			await(awaited)
			log.Add("went on")
			return nil
		})
	}
	suspended("a", never, func(await waiter) { await(never) })
	suspended("b", never, func(await waiter) { await(early) })
	suspended("c", other, func(await waiter) {
		l.Go(func(waiter) any { strange.Enter(); return nil })
		await(other)
	})
	suspended("d", never, func(await waiter) { await(task.NewFuture()) })
	suspended("e", another, func(await waiter) { await(another) })
	resolves(other)
	l.Go(func(await waiter) any { await(soon); last(await, never); return nil })
	time.AfterFunc(time.Second, func() { soon.Resolve(nil) })
	did := run(ctx, l)
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		probe.Equal(t, 3, "what a suspended body does by the time that Run has ended", probe.Quoted(logs[name].All()), probe.Quoted([]string{"begun", "inner defer", "outer defer"}))
	}
	probe.Equal(t, 3, "what two suspended bodies whose deferred calls resolve a future do", probe.Quoted(resolvers.All()), probe.Quoted([]string{"deferred", "deferred"}))
	probe.Equal(t, 3, "bodies unwound at the same time", inside.Peak(), 1)
	synctest.Wait()
	probe.Equal(t, 3, "bodies begun that a deferred call has started", strange.Total(), 0)
	return did
}

// cancelMeetsResolve has ctx cancelled and the future resolved at any moment.
func cancelMeetsResolve(s *explore.S) {
	ctx, cancel := context.WithCancel(s.Context())
	defer cancel()
	var log probe.Log[string]
	l, f, ok := loopAndFutures(s, 1)
	if !ok {
		return
	}
	for range 2 {
		l.Go(func(await waiter) any {
			log.Add("begun")
			defer log.Add("ended")
			if v := await(f[0]); v != 7 {
				s.Fail(1, "await(f), which is resolved with 7 while ctx is cancelled", show(v), 7)
			}
			return nil
		})
	}
	s.Go(func() { f[0].Resolve(7) })
	s.Go(cancel)
	did := run(ctx, l)
	begun, ended := 0, 0
	for _, entry := range log.All() {
		if entry == "begun" {
			begun++
		} else {
			ended++
		}
	}
	s.Wait()
	switch {
	case begun != ended:
		s.Fail(3, "bodies that have ended when Run returns", ended, fmt.Sprint(begun, ", as many as have begun"))
	case did != "returns context.Canceled" && did != "returns nil":
		s.Fail(3, "what Run does when ctx is cancelled while a future is resolved", did, "returns context.Canceled or nil")
	case did == "returns nil" && ended != 2:
		s.Fail(3, "bodies that have ended when Run returns nil", ended, 2)
	}
}

// panicOf has a body panic after some turns, before another one has begun or while
// it is suspended.
func panicOf(t *testing.T, value any, turns int) {
	var log probe.Log[string]
	l, f := newLoop(t), newFutures(t, 1+turns)
	never := f[0]
	l.Go(func(await waiter) any {
		for i := range turns {
			await(f[1+i])
		}
		panic(value)
	})
	l.Go(func(await waiter) any {
		log.Add("begun")
		defer log.Add("unwound")
		await(never)
		log.Add("went on")
		return nil
	})
	for i := range turns {
		time.AfterFunc(time.Duration(1+i)*time.Second, func() { f[1+i].Resolve(nil) })
	}
	ctx := probe.Foreign(t.Context()) // as in allEnd
	p := probe.Recovered(func() { l.Run(ctx) })
	probe.NoneLeft(t, "Run")
	when := fmt.Sprintf("when a body panics with %s after %d awaits", show(value), turns)
	probe.Equal(t, 3, "what Run panics with "+when, same(p, value), "the same value")
	want := []string{"begun", "unwound"}
	if turns == 0 {
		want = nil
	}
	probe.Equal(t, 3, "what another body does "+when, probe.Quoted(log.All()), probe.Quoted(want))
}
