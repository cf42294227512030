//go:build hidden

package timed_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/timed"
)

// oneAfterAnother has one timed function succeed again and again: each report tells
// of its own call, whatever came before, and of a call whose ctx is done no less.
func oneAfterAnother(t *testing.T) {
	failure := errors.New("disk full")
	succeed := func() error { return nil }
	fail := func() error { return failure }
	burst := func() error { panic("boom") }
	stop := func() error { return context.Canceled }

	fn := succeed
	var reports probe.Log[timed.Report]
	f := wrap(t, reports.Add, func(context.Context) (int, error) { return 0, fn() })
	live := t.Context()
	done, cancel := context.WithCancel(live)
	cancel()
	for _, c := range []struct {
		call   string
		ctx    context.Context
		before func() error // of a call whose report is another check's
		fn     func() error
		err    error
	}{
		{"f(a context that is done)", done, succeed, succeed, nil},
		{"f(a context that is done) where fn returns that context's error", done, succeed, stop, context.Canceled},
		{"f(ctx) where fn fails", live, succeed, fail, failure},
		{"f(ctx) after a call where fn failed", live, fail, succeed, nil},
		{"f(ctx) after a call where fn panicked", live, burst, succeed, nil},
	} {
		fn = c.before
		probe.Recovered(func() { _, _ = f(live) })
		seen := reports.Len()
		fn = c.fn
		_, _ = f(c.ctx)
		if all := reports.All()[seen:]; probe.Equal(t, 2, "reports of "+c.call, len(all), 1) {
			sameError(t, 2, "Report.Err of "+c.call, all[0].Err, c.err)
		}
	}
	probe.NoneLeft(t, "calls of Timed and of f")
}

// names has functions that were timed under names of their own, two of them under the
// same: each call is told to its own report, under its own name, whatever was timed since.
func names(t *testing.T) {
	list := []string{"one", "", " another, with spaces ", "one"}
	reports := make([]probe.Log[timed.Report], len(list))
	var functions []job
	for i, name := range list {
		functions = append(functions, timed.Timed(name, reports[i].Add, func(context.Context) (int, error) { return 0, nil }))
	}
	for i, name := range list {
		_, _ = functions[i](t.Context())
		call := fmt.Sprintf("reports of Timed(%q, report, fn)(ctx) when Timed has made four functions, two of them named %q, each with a report of its own", name, list[0])
		if all := reports[i].All(); probe.Equal(t, 2, call, len(all), 1) {
			probe.Equal(t, 2, "Report.Name of "+call, fmt.Sprintf("%q", all[0].Name), fmt.Sprintf("%q", name))
		}
	}
}

// noTime has a call that is over at once.
func noTime(t *testing.T) {
	var reports probe.Log[timed.Report]
	f := wrap(t, reports.Add, func(context.Context) (int, error) { return 0, nil })
	_, _ = f(t.Context())
	for _, r := range reports.All() { // how many there are is another check's
		probe.Equal(t, 2, "Report.Elapsed of a call whose fn returns at once", r.Elapsed, 0)
	}
}

// errorList is an error that == and maps cannot take.
type errorList []error

func (l errorList) Error() string { return fmt.Sprintf("%d errors", len(l)) }

// manyErrors has fn return a list of errors.
func manyErrors(t *testing.T) {
	const call = "f(ctx) where fn returns an error whose type is a slice"
	failure := errorList{errors.New("disk full"), errors.New("boom")}
	var reports probe.Log[timed.Report]
	f := wrap(t, reports.Add, func(context.Context) (int, error) { return 0, failure })
	var err error
	if probe.Recovered(func() { _, err = f(t.Context()) }) != nil {
		probe.Fail(t, 1, call, "a panic", "(0, that error)")
		return
	}
	probe.Equal(t, 1, "the very error is returned by "+call, failure.is(err), true)
	for _, r := range reports.All() { // how many there are is another check's
		probe.Equal(t, 2, "the very error is Report.Err of "+call, failure.is(r.Err), true)
	}
}

// is says whether err is l itself.
func (l errorList) is(err error) bool {
	other, ok := any(err).(errorList)
	return ok && len(other) == len(l) && &other[0] == &l[0]
}
