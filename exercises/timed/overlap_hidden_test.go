//go:build hidden

package timed_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/timed"
)

func TestOverlappingCalls(t *testing.T) {
	probe.Check(t)
	for _, fn := range []struct {
		does string
		end  func() (int, error)
	}{
		{"returns", func() (int, error) { return 1, nil }},
		{"fails", func() (int, error) { return 0, errors.New("disk full") }},
		{"panics", func() (int, error) { panic("boom") }},
	} {
		probe.Bubble(t, func(t *testing.T) { allInside(t, fn.does, fn.end) })
	}
	probe.Bubble(t, oneContext)
	probe.Bubble(t, reportCalls)
	manyCalls(t)
	if !t.Failed() {
		explore.Run(t, eachItsError)
	}
	if !t.Failed() {
		explore.Run(t, eachItsPanic)
	}
}

// manyCalls has calls begin and end at any moment of others.
func manyCalls(t *testing.T) {
	f := wrap(t, ignore, func(context.Context) (int, error) { return 0, nil })
	probe.Parallel(t, 8, func(int) {
		for range 200 {
			_, _ = f(t.Context())
		}
	})
}

// eachItsError has two calls fail at once, each with an error of its own.
func eachItsError(s *explore.S) {
	var reports probe.Log[timed.Report]
	var lost probe.Gauge
	f := timed.Timed("job", reports.Add, func(ctx context.Context) (int, error) {
		return 0, number(callOf(ctx, &lost))
	})
	for i := range 2 {
		s.Go(func() { _, _ = f(context.WithValue(s.Context(), key{}, i)) })
	}
	s.Wait()
	var got []string
	for _, r := range reports.All() {
		if n, ok := any(r.Err).(number); ok {
			got = append(got, n.Error())
		}
	}
	slices.Sort(got)
	switch want := []string{number(0).Error(), number(1).Error()}; {
	case slices.Equal(got, want):
	case lost.Total() > 0:
		s.Failf(1, otherContext)
	default:
		s.Fail(4, "Report.Err of two calls at once", errorsOf(reports.All()), strings.Join(want, ", "))
	}
}

// callOf is the number of the call that ctx comes from; lost counts the contexts that
// come from none.
func callOf(ctx context.Context, lost *probe.Gauge) int {
	i, ok := ctx.Value(key{}).(int)
	if !ok {
		lost.Enter()
	}
	return i
}

// errorsOf lists what Err is in reports, without a method of the student's.
func errorsOf(reports []timed.Report) string {
	var list []string
	for _, r := range reports {
		switch err := any(r.Err).(type) {
		case nil:
			list = append(list, "nil")
		case number:
			list = append(list, err.Error())
		default:
			list = append(list, fmt.Sprintf("another error (a %T)", err))
		}
	}
	return fmt.Sprintf("%d reports: %s", len(reports), strings.Join(list, ", "))
}

// eachItsPanic has two calls panic at once, each with a value of its own, and a third
// one succeed.
func eachItsPanic(s *explore.S) {
	var reports probe.Log[timed.Report]
	var lost, changed probe.Gauge
	f := timed.Timed("job", reports.Add, func(ctx context.Context) (int, error) {
		i := callOf(ctx, &lost)
		if i < 2 {
			panic(number(i))
		}
		return 0, nil
	})
	for i := range 3 {
		s.Go(func() {
			value := probe.Recovered(func() { _, _ = f(context.WithValue(s.Context(), key{}, i)) })
			if i < 2 && value != any(number(i)) {
				changed.Enter()
			}
		})
	}
	s.Wait()
	told := map[string]int{}
	for _, r := range reports.All() {
		text := fmt.Sprint(r.Err)
		for i := range 2 {
			if strings.Contains(text, number(i).Error()) {
				told[number(i).Error()]++
			}
		}
		if r.Err == nil {
			told["nil"]++
		}
	}
	switch want := map[string]int{number(0).Error(): 1, number(1).Error(): 1, "nil": 1}; {
	case changed.Total() == 0 && maps.Equal(told, want):
	case lost.Total() > 0:
		s.Failf(1, otherContext)
	case changed.Total() > 0:
		s.Failf(3, "of two calls of f that panic at the same time one panicked with another value than its fn")
	default:
		s.Fail(4, "what Report.Err tells of three calls at once, two of which panic", fmt.Sprint(told), fmt.Sprint(want))
	}
}

// allInside holds every call at a gate, first inside fn, then inside report: that
// all get there shows that no lock is around either. The gates tell the race
// detector nothing, so that calls which share a variable are seen to race.
func allInside(t *testing.T, does string, end func() (int, error)) {
	const calls = 500 // more than anyone has places for
	inFn, inReport := probe.NewGate(), probe.NewGate()
	f := wrap(t,
		func(timed.Report) { inReport.Pass() },
		func(context.Context) (int, error) { inFn.Pass(); return end() })
	for range calls {
		go probe.Recovered(func() { _, _ = f(t.Context()) })
	}
	when := fmt.Sprintf("%d goroutines call f, whose fn %s, at the same time: how many calls of ", calls, does)
	probe.Equal(t, 4, when+"fn run at the same time", inFn.Inside(), calls)
	inFn.Open()
	if n := inReport.Inside(); n > 0 { // whether one is made of an error or a panic is another check's
		probe.Equal(t, 4, when+"report run at the same time", n, calls)
	}
	inReport.Open()
}

// oneContext has calls that overlap and share their context, as the calls of one
// program usually do: nothing but the call itself tells them apart.
func oneContext(t *testing.T) {
	var reports probe.Log[timed.Report]
	f := wrap(t, reports.Add, func(context.Context) (int, error) {
		time.Sleep(time.Second)
		return 0, nil
	})
	probe.Parallel(t, 3, func(i int) {
		time.Sleep(time.Duration(i) * 300 * time.Millisecond)
		_, _ = f(t.Context())
	})
	probe.Equal(t, 4, "reports of three calls that overlap", reports.Len(), 3)
	for _, r := range reports.All() {
		probe.Equal(t, 4, "Report.Elapsed of one of three calls of 1s that overlap, all with the same ctx", r.Elapsed, time.Second)
	}
}

// reportCalls has the first report call the function itself: no lock is held that a call
// takes, be it for reading only.
func reportCalls(t *testing.T) {
	var reports probe.Log[timed.Report]
	var f job
	f = wrap(t, func(r timed.Report) {
		if reports.Add(r); reports.Len() == 1 {
			_, _ = f(t.Context())
		}
	}, func(context.Context) (int, error) { return 0, nil })
	_, _ = f(t.Context())
	probe.Equal(t, 4, "reports of a call of f whose report calls f again", reports.Len(), 2)
}
