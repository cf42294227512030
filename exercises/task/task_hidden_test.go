//go:build hidden

package task_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/task"
)

// The API, in this file's own words.
var (
	_ func() *task.Future                                                          = task.NewFuture
	_ func(f *task.Future, v any)                                                  = (*task.Future).Resolve
	_ func() *task.Loop                                                            = task.NewLoop
	_ func(l *task.Loop, body func(await func(*task.Future) any) any) *task.Future = (*task.Loop).Go
	_ func(l *task.Loop, ctx context.Context) error                                = (*task.Loop).Run
)

func TestAwait(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, v := range []any{1 + r.IntN(1000), nil, "words", new(int), errLine, 0, false} {
		probe.Bubble(t, func(t *testing.T) { handOver(t, v) })
		if t.Failed() {
			return
		}
	}
	probe.Bubble(t, func(t *testing.T) { tasksOfTasks(t, 2+r.IntN(5)) })
	probe.Bubble(t, beforeRun)
	probe.Bubble(t, threeLoops)
	probe.Bubble(t, func(t *testing.T) { // a future is a value like any other
		f := newFutures(t, 1)[0]
		f.Resolve(7)
		handOver(t, f)
	})
	probe.Bubble(t, oneInAnother)
	probe.Bubble(t, func(t *testing.T) { crowd(t, 1_100) })
	probe.Bubble(t, misuse)
}

func TestOrder(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	const second = time.Second
	follow(t, play{bodies: named([]step{compute(second)}, []step{}, []step{compute(second)})})
	// Future 0 is resolved first: all have begun by then. Each body awaits the other
	// futures when it likes.
	follow(t, play{
		map[int]time.Duration{0: second, 1: 4 * second, 2: 3 * second},
		named([]step{await(2)}, []step{await(1)}, []step{await(2), await(1)}, []step{await(1), await(2)}),
	})
	follow(t, play{
		map[int]time.Duration{0: second, 2: 2 * second, 1: 3 * second},
		named([]step{await(1)}, []step{await(2)}, []step{await(1)}, []step{compute(5 * second), await(1), await(2)}),
	})
	follow(t, play{
		map[int]time.Duration{0: second},
		named([]step{await(2), await(1)}, []step{await(1), await(2)}, []step{resolve(1), compute(second), resolve(2), await(1), compute(second), await(2)}),
	})
	for range 12 {
		if !follow(t, anyPlay(r)) {
			return
		}
	}
	probe.Bubble(t, manyWaiters)
	probe.Bubble(t, finished)
	if t.Failed() {
		return
	}
	explore.Run(t, readyTogether, explore.Schedules(300))
	if !t.Failed() {
		explore.Run(t, resultInTurn, explore.Schedules(100))
	}
	if !t.Failed() {
		explore.Run(t, awaitMeetsTwoResolves, explore.Schedules(200))
	}
}

// readyTogether has a and b await one future. When it is resolved, a resolves the
// one that c awaits: by then b is ready, and comes before c.
func readyTogether(s *explore.S) {
	var log probe.Log[string]
	l, f, ok := loopAndFutures(s, 2)
	if !ok {
		return
	}
	all := make(chan struct{})
	l.Go(func(await waiter) any {
		await(f[0])
		f[1].Resolve(nil)
		return nil
	})
	l.Go(func(await waiter) any { await(f[0]); log.Add("b"); return nil })
	l.Go(func(await waiter) any { close(all); await(f[1]); log.Add("c"); return nil })
	s.Go(func() { <-all; f[0].Resolve(nil) })
	l.Run(s.Context())
	if got := fmt.Sprint(log.All()); got != "[b c]" {
		s.Fail(2, "order of b, which awaits f0, and c, which awaits f1, when f0 is resolved and then f1 by another task that awaits f0", got, "[b c]")
	}
}

func TestOneAtATime(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) { shared(t, 12) })
	if t.Failed() {
		return
	}
	explore.Run(t, func(s *explore.S) {
		var inside probe.Gauge
		var log probe.Log[string]
		l, f, ok := loopAndFutures(s, 2)
		if !ok {
			return
		}
		for i, name := range []string{"a", "b"} {
			l.Go(func(await waiter) any {
				part(s, &inside)
				v := await(f[i])
				part(s, &inside)
				log.Add(name + show(v))
				return nil
			})
			s.Go(func() { f[i].Resolve(i) })
		}
		err := l.Run(s.Context())
		s.Wait()
		if inside.Peak() != 1 {
			s.Fail(4, "bodies that run at the same time", inside.Peak(), 1)
		}
		if got := fmt.Sprint(log.Len(), " ", probe.ErrorNames(err)); got != "2 nil" {
			s.Fail(3, "bodies that have ended, and Run's error", got, "2 nil")
		}
	}, explore.Schedules(400))
	if !t.Failed() {
		explore.Run(t, goMeetsResolve, explore.Schedules(200))
	}
	if !t.Failed() {
		explore.Run(t, sideBySide, explore.Schedules(200))
	}
}

func TestNoLostWakeUp(t *testing.T) {
	probe.Check(t)
	v := 1 + probe.Rand(t).IntN(1000)
	explore.Run(t, func(s *explore.S) {
		var log probe.Log[string]
		l, f, ok := loopAndFutures(s, 1)
		if !ok {
			return
		}
		for _, name := range []string{"a", "b"} {
			l.Go(func(await waiter) any {
				log.Add(name + " got " + show(await(f[0])))
				return nil
			})
		}
		s.Go(func() { f[0].Resolve(v) })
		err := l.Run(s.Context())
		s.Wait()
		// When f is resolved between their awaits, b may be faster than a.
		got, want := fmt.Sprint(log.All(), " ", probe.ErrorNames(err)), fmt.Sprintf("[a got %d b got %d] nil", v, v)
		if swapped := fmt.Sprintf("[b got %d a got %d] nil", v, v); got != want && got != swapped {
			s.Fail(2, "two bodies await a future while it is resolved, and Run's error", got, want)
		}
	}, explore.Schedules(400))
	if !t.Failed() {
		explore.Run(t, resolvedTwice, explore.Schedules(200))
	}
	if !t.Failed() {
		explore.Run(t, oneAfterTheOther, explore.Schedules(300))
	}
}

// resolvedTwice has two goroutines resolve one future.
func resolvedTwice(s *explore.S) {
	var refused probe.Gauge
	l, f, ok := loopAndFutures(s, 1)
	if !ok {
		return
	}
	var got, again string
	l.Go(func(await waiter) any {
		got = show(await(f[0]))
		again = show(await(f[0]))
		return nil
	})
	for v := range 2 {
		s.Go(func() {
			if probe.Recovered(func() { f[0].Resolve(v) }) != nil {
				refused.Enter()
			}
		})
	}
	l.Run(s.Context())
	s.Wait()
	if n := refused.Total(); n != 1 {
		s.Fail(2, "panics of two Resolves of one future at the same time", n, 1)
	}
	if got != again {
		s.Fail(2, "a second await of a future that two resolve at the same time", again, got+", as the first")
	}
}

func TestIdleLoopSleeps(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		l, f := newLoop(t), newFutures(t, 3)
		var want time.Duration
		var at probe.Log[time.Duration]
		start := time.Now()
		for i := range f {
			// Few seconds, so that a loop that looks again and again gets to its end,
			// and never a whole millisecond, when such a loop would be on time.
			want += time.Duration(1+r.IntN(2000))*time.Millisecond + time.Duration(1+r.IntN(300_000))
			time.AfterFunc(want, func() { f[i].Resolve(nil) })
		}
		l.Go(func(await waiter) any {
			for i := range f {
				await(f[i])
				at.Add(time.Since(start))
			}
			return nil
		})
		l.Go(func(await waiter) any { return await(f[2]) })
		probe.Equal(t, 3, "error of Run when every task has ended", probe.ErrorNames(l.Run(t.Context())), "nil")
		probe.Equal(t, 3, "time until Run returns, when its last future is resolved at "+want.String(), time.Since(start), want)
		probe.Equal(t, 2, "awaits that have returned", at.Len(), len(f))
	})
	for _, long := range []time.Duration{2 * time.Minute, 2 * time.Hour} {
		if !t.Failed() { // one that looks again and again would take for ever
			probe.Bubble(t, func(t *testing.T) { idles(t, long) })
		}
	}
}

func TestCancel(t *testing.T) {
	probe.Check(t)
	n := 1 + probe.Rand(t).IntN(5)
	probe.Bubble(t, func(t *testing.T) { cancelIdle(t, n) })
	probe.Bubble(t, cancelledOnEntry)
	probe.Bubble(t, cancelBusy)
	probe.Bubble(t, cancelBeforeOthersBegin)
	if !t.Failed() {
		explore.Run(t, cancelMeetsWait, explore.Schedules(200))
	}
}

func TestUnwinding(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, nothingStays)
	probe.Bubble(t, allEnd)
	probe.Bubble(t, oneOfTwoLoops)
	probe.Bubble(t, awaitsInEachDefer)
	if t.Failed() {
		return
	}
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(1500*time.Millisecond, func() { cancel(errLine) })
		e := unwind(ctx, t, func(await waiter, never *task.Future) { await(never) })
		probe.Equal(t, 3, "what Run does when ctx is cancelled while bodies are suspended", e, "returns context.Canceled")
	})
	if !t.Failed() {
		explore.Run(t, cancelMeetsResolve, explore.Schedules(300))
	}
}

func TestPanic(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	outOfRange := probe.Recovered(func() { _ = []int{}[r.Int()] }) // the runtime's own
	for _, value := range []any{r.Int(), errLine, new(int), outOfRange, context.Canceled} {
		for others, who := range []string{"its only body", "the second and last body"} {
			probe.Bubble(t, func(t *testing.T) { lastPanics(t, value, who, others) })
		}
		for _, turns := range []int{0, 1, 3} {
			if !t.Failed() {
				probe.Bubble(t, func(t *testing.T) { panicOf(t, value, turns) })
			}
		}
		if t.Failed() {
			return
		}
	}
	probe.Bubble(t, func(t *testing.T) {
		e := unwind(t.Context(), t, func(await waiter, _ *task.Future) { panic("checkmate") })
		probe.Equal(t, 3, "what Run does when a body panics while others are suspended", e, "panics with checkmate")
	})
}
