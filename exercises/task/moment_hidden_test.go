//go:build hidden

package task_test

import (
	"context"
	"fmt"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/task"
)

// oneAfterTheOther has a body await two futures that are resolved one after the
// other: the first may be just as the body begins to wait for it.
func oneAfterTheOther(s *explore.S) {
	l, f, ok := loopAndFutures(s, 2)
	if !ok {
		return
	}
	var got probe.Log[string]
	l.Go(func(await waiter) any {
		got.Add(show(await(f[0])))
		got.Add(show(await(f[1])))
		return nil
	})
	s.Go(func() {
		f[0].Resolve(1)
		f[1].Resolve(2)
	})
	l.Run(s.Context())
	s.Wait()
	if got := fmt.Sprint(got.All()); got != "[1 2]" {
		s.Fail(1, "what a body gets from its awaits of two futures, resolved with 1 and then with 2", got, "[1 2]")
	}
}

// resultInTurn has the body of a return before that of b resolves a future: who awaits
// a's result is ready before who awaits the future.
func resultInTurn(s *explore.S) {
	l, f, ok := loopAndFutures(s, 1)
	if !ok {
		return
	}
	var log probe.Log[string]
	var result *task.Future
	l.Go(func(await waiter) any { await(result); log.Add("c"); return nil })
	l.Go(func(await waiter) any { await(f[0]); log.Add("d"); return nil })
	result = l.Go(func(waiter) any { return nil })
	l.Go(func(waiter) any { f[0].Resolve(nil); return nil })
	l.Run(s.Context())
	if got := fmt.Sprint(log.All()); got != "[c d]" {
		s.Fail(2, "order of c, which awaits the result of a, and d, which awaits f, when a returns and then b resolves f", got, "[c d]")
	}
}

// awaitMeetsTwoResolves has b await f1, and a about to await f0, when another goroutine
// resolves f0 and then f1. Whether a still has to wait or not, it is before b.
func awaitMeetsTwoResolves(s *explore.S) {
	l, f, ok := loopAndFutures(s, 2)
	if !ok {
		return
	}
	var log probe.Log[string]
	waits := make(chan struct{})
	l.Go(func(await waiter) any { await(f[1]); log.Add("b"); return nil })
	l.Go(func(await waiter) any { close(waits); await(f[0]); log.Add("a"); return nil })
	s.Go(func() {
		<-waits
		f[0].Resolve(nil)
		f[1].Resolve(nil)
	})
	l.Run(s.Context())
	s.Wait()
	if got := fmt.Sprint(log.All()); got != "[a b]" {
		s.Fail(2, "order of a, which is about to await f0, and b, which awaits f1, when f0 is resolved and then f1", got, "[a b]")
	}
}

// goMeetsResolve has a body start a task while another is made ready.
func goMeetsResolve(s *explore.S) {
	l, f, ok := loopAndFutures(s, 1)
	if !ok {
		return
	}
	var ended probe.Gauge
	l.Go(func(await waiter) any { await(f[0]); ended.Enter(); return nil })
	l.Go(func(waiter) any {
		l.Go(func(waiter) any { ended.Enter(); return nil })
		return nil
	})
	s.Go(func() { f[0].Resolve(nil) })
	l.Run(s.Context())
	s.Wait()
	if n := ended.Total(); n != 2 {
		s.Fail(3, "bodies that have ended, one started by another body while the other's future is resolved", n, 2)
	}
}

// part is what a body does between two awaits.
func part(s *explore.S, inside *probe.Gauge) {
	inside.Enter()
	s.Yield()
	inside.Leave()
}

// sideBySide has two loops at the same time, whose bodies start tasks.
func sideBySide(s *explore.S) {
	var ended probe.Gauge
	for range 2 {
		l, _, ok := loopAndFutures(s, 0)
		if !ok {
			return
		}
		l.Go(func(await waiter) any {
			s.Yield()
			await(l.Go(func(waiter) any { ended.Enter(); return nil }))
			ended.Enter()
			return nil
		})
		s.Go(func() { _ = l.Run(s.Context()) })
	}
	s.Wait()
	if n := ended.Total(); n != 4 {
		s.Fail(3, "bodies that have ended on two loops at the same time, each with a body that starts another one", n, 4)
	}
}

// cancelMeetsWait cancels a loop all of whose tasks wait, or are about to.
func cancelMeetsWait(s *explore.S) {
	ctx, cancel := context.WithCancel(s.Context())
	defer cancel()
	l, f, ok := loopAndFutures(s, 1)
	if !ok {
		return
	}
	l.Go(func(await waiter) any { return await(f[0]) })
	s.Go(cancel)
	did := run(ctx, l)
	s.Wait()
	if did != "returns context.Canceled" {
		s.Fail(3, "what Run does when ctx is cancelled while its only task waits", did, "returns context.Canceled")
	}
}
