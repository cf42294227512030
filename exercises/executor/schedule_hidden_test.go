//go:build hidden

package executor_test

import (
	"context"
	"slices"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/executor"
)

// outcome is what a Run gave.
type outcome struct {
	value int
	err   error
	ran   probe.Gauge
}

func (o *outcome) run(ctx context.Context, e *executor.Executor, fn func()) {
	o.value, o.err = executor.Run(ctx, e, func(context.Context) (int, error) {
		o.ran.Enter()
		defer o.ran.Leave()
		fn()
		return 7, nil
	})
}

// check fails s unless o is fn's result after one call of fn, or the error
// instead.
func (o *outcome) check(s *explore.S, contract int, name, instead string) {
	k, ran := kind(o.err), o.ran.Total()
	switch {
	case k != "nil" && k != instead:
		s.Fail(contract, "error of "+name, k, "nil or "+instead)
	case k == "nil" && (o.value != 7 || ran != 1):
		s.Fail(contract, name+" without an error gives fn's result after one call of fn", [2]int{o.value, ran}, [2]int{7, 1})
	case ran > 1:
		s.Fail(contract, "number of times that "+name+" calls fn", ran, 1)
	}
}

// handOver has the function of one Run cancel another just before the only place comes
// free, so that the place may be handed to it as it leaves the line: a tie, in which its
// function may run or not. Meanwhile others use e, too.
func handOver(s *explore.S, others func(*executor.Executor)) (e *executor.Executor, holder, waiting *outcome) {
	e, holder, waiting = executor.New(1), new(outcome), new(outcome)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s.Go(func() {
		holder.run(context.Background(), e, func() {
			s.Yield()
			cancel()
		})
	})
	s.Go(func() { waiting.run(ctx, e, func() {}) })
	s.Go(func() { others(e) })
	s.Wait()
	return e, holder, waiting
}

// cancelAtHandOver wants the place not to be lost: it is the next one's in line.
func cancelAtHandOver(s *explore.S) {
	var next outcome
	e, holder, waiting := handOver(s, func(e *executor.Executor) { next.run(context.Background(), e, func() {}) })
	for _, o := range []*outcome{holder, &next} {
		o.check(s, 2, "a Run beside one that is cancelled", "nil")
	}
	waiting.check(s, 2, "a Run that is cancelled as its turn comes", "context.Canceled")
	goesOn(s, e)
}

// closeAtHandOver wants Close to hear of it when that was the last of the work.
func closeAtHandOver(s *explore.S) { handOver(s, (*executor.Executor).Close) }

// placesAfterHandOver wants no place to be there twice: a function runs until another
// Run gives up.
func placesAfterHandOver(s *explore.S) {
	var next, outer, inner outcome
	e, _, _ := handOver(s, func(e *executor.Executor) { next.run(context.Background(), e, func() {}) })
	outer.run(context.Background(), e, func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		inner.run(ctx, e, func() {})
	})
	if inner.ran.Total() > 0 {
		s.Failf(1, "New(1) runs two functions at a time after the ctx of a Run was cancelled just before its turn came")
	}
	e.Close()
}

// cancelAnyTime cancels a Run before it is called, before it gets its place, while
// its function runs, or too late.
func cancelAnyTime(s *explore.S) {
	e := executor.New(1)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var o outcome
	var before bool
	s.Go(func() {
		before = ctx.Err() != nil
		o.run(ctx, e, s.Yield)
	})
	s.Go(cancel)
	s.Wait()
	o.check(s, 2, "a Run that is cancelled", "context.Canceled")
	goesOn(s, e)
	if before && o.ran.Total() > 0 {
		s.Failf(2, "Run(ctx, e, fn) with ctx done before has called fn")
	}
}

// goesOn fails s unless e still runs functions, and closes it.
func goesOn(s *explore.S, e *executor.Executor) {
	var o outcome
	o.run(context.Background(), e, func() {})
	o.check(s, 2, "a Run after one that was cancelled", "nil")
	e.Close()
}

// idleAgainstRuns has two functions wait for each other when one worker, if there
// are any, has had work before: it can be idle for one of them alone.
func idleAgainstRuns(s *explore.S) {
	e := executor.New(2)
	var before outcome
	before.run(context.Background(), e, func() {})
	first, second := make(chan bool, 1), make(chan bool, 1)
	meet := func(mine, others chan bool) {
		var o outcome
		o.run(context.Background(), e, func() {
			mine <- true
			<-others
		})
		o.check(s, 1, "one of two Runs of New(2) whose functions wait for each other", "nil")
	}
	s.Go(func() { meet(first, second) })
	s.Go(func() { meet(second, first) })
	s.Wait()
	e.Close()
}

// closeAgainstRun has two Closes meet a Run: it is refused, or it is done before
// either Close returns.
func closeAgainstRun(s *explore.S) {
	e := executor.New(1)
	var o outcome
	var closed probe.Gauge
	var late probe.Log[bool]
	s.Go(func() {
		o.run(context.Background(), e, func() {
			late.Add(closed.Total() > 0)
			s.Yield()
			late.Add(closed.Total() > 0)
		})
	})
	for range 2 {
		s.Go(func() {
			e.Close()
			closed.Enter()
		})
	}
	s.Wait()
	o.check(s, 4, "a Run that meets Close", "ErrClosed")
	if o.ran.Total() > 0 && kind(o.err) == "ErrClosed" {
		s.Failf(4, "Run gives ErrClosed although it has called fn")
	}
	if slices.Contains(late.All(), true) {
		s.Failf(4, "Close returned while a function was running or still to run")
	}
}

// allEnd closes an executor whose two workers, if it has any, end together.
func allEnd(s *explore.S) {
	executor.New(2).Close()
}

// panicAgainstRun lets a function panic while another Run waits for its place.
func panicAgainstRun(s *explore.S) {
	e := executor.New(1)
	var bad, good outcome
	s.Go(func() { bad.run(context.Background(), e, func() { panic("no network") }) })
	s.Go(func() { good.run(context.Background(), e, func() {}) })
	s.Wait()
	if k := kind(bad.err); k != "a *PanicError" {
		s.Fail(3, "error of a Run whose function panics", k, "a *PanicError")
	}
	good.check(s, 3, "a Run beside one whose function panics", "nil")
	e.Close()
}
