//go:build hidden

package timed_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/timed"
)

// The API in the tests' own types: a submission that changes it does not build.
var (
	_ func(string, func(timed.Report), job) job = timed.Timed[int]
	_                                           = struct {
		Name    string
		Elapsed time.Duration
		Err     error
	}(timed.Report{})
)

type job = func(context.Context) (int, error)

const otherContext = "fn was not called with the context that the function was given"

func TestResultsUnchanged(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		live := context.WithValue(t.Context(), key{}, r.Int())
		done, cancel := context.WithCancel(live)
		cancel()
		for _, failure := range []error{nil, errors.New("disk full"), context.Canceled} {
			value := 1 + r.IntN(1000)
			checkResults(t, live, "ctx", value, failure)
			checkResults(t, done, "a context that is done", value, failure)
		}
		nothing(t)
		manyErrors(t)
	})
}

// nothing has fn return nil for a value.
func nothing(t *testing.T) {
	f := timed.Timed("job", ignore, func(context.Context) (error, error) { return nil, nil })
	if probe.Recovered(func() { _, _ = f(t.Context()) }) != nil {
		probe.Fail(t, 1, "f(ctx) where fn returns (error(nil), nil)", "a panic", "(nil, nil)")
	}
}

// checkResults calls a timed function with ctx. What it does with a context that
// is done is fn's affair alone.
func checkResults(t *testing.T, ctx context.Context, which string, value int, failure error) {
	t.Helper()
	var passed context.Context
	f := wrap(t, ignore, func(c context.Context) (int, error) {
		passed = c
		return value, failure
	})
	got, err := f(ctx)
	call := fmt.Sprintf("f(%s) where fn returns (%d, %s)", which, value, name(failure))
	if passed == nil {
		probe.Failf(t, 1, "%s did not call fn", call)
	} else if passed != ctx {
		probe.Failf(t, 1, otherContext)
	}
	probe.Equal(t, 1, "the value of "+call, got, value)
	sameError(t, 1, "the error of "+call, err, failure)
}

func TestReportedOnceInTime(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		for _, failure := range []error{nil, errors.New("disk full"), context.Canceled, fmt.Errorf("copy: %w", io.EOF)} {
			var events probe.Log[string]
			event := func(what string) { events.Add(what + " on " + probe.Goroutine()) }
			var reports probe.Log[timed.Report]
			f := wrap(t,
				func(r timed.Report) { event("report"); reports.Add(r) },
				func(context.Context) (int, error) {
					event("fn begins")
					time.Sleep(time.Second)
					event("fn ends")
					return 0, failure
				})
			for range 3 {
				_, _ = f(t.Context())
				event("f returns")
			}
			time.Sleep(time.Minute) // for a report that comes late
			thrice := strings.Repeat("fn begins, fn ends, report, f returns, ", 3)
			checkEvents(t, events.All(), thrice)
			for _, r := range reports.All() {
				probe.Equal(t, 2, "Report.Name", r.Name, "job")
				sameError(t, 2, "Report.Err", r.Err, failure)
			}
		}
	})
	probe.Bubble(t, oneAfterAnother)
	probe.Bubble(t, names)
}

// checkEvents compares what happened, and then where: all of it on the caller's
// goroutine.
func checkEvents(t *testing.T, events []string, want string) {
	t.Helper()
	var got strings.Builder
	for _, e := range events {
		what, _, _ := strings.Cut(e, " on ")
		got.WriteString(what + ", ")
	}
	if got.String() != want {
		probe.Fail(t, 2, "three calls of f", strings.TrimSuffix(got.String(), ", "), strings.TrimSuffix(want, ", "))
		return
	}
	for _, e := range events {
		if what, where, _ := strings.Cut(e, " on "); where != probe.Goroutine() {
			probe.Failf(t, 2, "%q happened on another goroutine than the caller's", what)
		}
	}
}

// Each call is told apart by its error, a call number, and takes a time of its
// own; they begin one after the other and overlap, so that a start time which
// they share gives itself away.
func TestElapsed(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		took := make([]time.Duration, 6)
		for i := range took {
			took[i] = time.Duration(1 + r.Int64N(int64(5*time.Second)))
		}
		var reports probe.Log[timed.Report]
		f := wrap(t, reports.Add, func(ctx context.Context) (int, error) {
			i, ok := ctx.Value(key{}).(int)
			if !ok {
				probe.Failf(t, 1, otherContext)
				return 0, nil
			}
			time.Sleep(took[i])
			return i, number(i)
		})
		call := func(i int) { // with a ctx that ends meanwhile, which is fn's affair
			ctx, cancel := context.WithTimeout(context.WithValue(t.Context(), key{}, i), took[i]/2)
			defer cancel()
			_, _ = f(ctx)
		}
		time.Sleep(time.Second) // between Timed and the first call
		for i := range 3 {
			call(i)
		}
		probe.Parallel(t, 3, func(i int) {
			time.Sleep(time.Duration(i) * 7 * time.Microsecond)
			call(3 + i)
		})
		checkElapsed(t, reports.All(), took)
	})
	probe.Bubble(t, noTime)
}

func checkElapsed(t *testing.T, reports []timed.Report, took []time.Duration) {
	t.Helper()
	probe.Equal(t, 2, fmt.Sprintf("reports after %d calls, each with a ctx that ends meanwhile", len(took)), len(reports), len(took))
	for _, r := range reports {
		i, ok := any(r.Err).(number) // not errors.As, which looks inside other errors
		if !ok {
			probe.Failf(t, 2, "Report.Err is not the very error that fn returned")
			continue
		}
		call := fmt.Sprintf("Report.Elapsed of call %d (of three in turn, then three that overlap)", int(i)+1)
		probe.Equal(t, 2, call, r.Elapsed, took[i])
	}
}

// Each value is told by a part of it that is there in every notation of package fmt.
func TestPanicGoesOn(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	boom, number := fmt.Sprint("100% boom", r.Int()), 1+r.IntN(1000)
	long := strings.Repeat("no such file, ", 20) + boom
	probe.Bubble(t, func(t *testing.T) {
		for _, c := range []struct {
			does  string
			value any
			told  string
		}{
			{"", boom, boom},
			{"", number, fmt.Sprint(number)},
			{"", errors.New("out of luck"), "out of luck"},
			{"", "", ""},
			{"closes a nil channel", probe.Recovered(func() { close((chan int)(nil)) }), "close of nil channel"},
			{"", (*unlucky)(nil), "nil"},
			{"", []string{boom}, boom}, // which == and maps cannot take
			{"", "no such file:\n" + boom, boom},
			{fmt.Sprintf("panics with a string of %d bytes", len(long)), long, long},
		} {
			does := cmp.Or(c.does, fmt.Sprintf("does panic(%#v)", c.value))
			var reports probe.Log[timed.Report]
			var where probe.Log[string]
			report := func(r timed.Report) { reports.Add(r); where.Add(probe.Goroutine()) }
			f := wrap(t, report, func(context.Context) (int, error) {
				time.Sleep(1500 * time.Millisecond)
				panic(c.value)
			})
			recovered := probe.Recovered(func() { _, _ = f(t.Context()) })
			checkPanic(t, "f(ctx) where fn "+does, recovered, c.value)
			if all := reports.All(); probe.Equal(t, 3, "reports when fn panics", len(all), 1) {
				checkPanicReport(t, all[0], c.told)
				if where.All()[0] != probe.Goroutine() {
					probe.Failf(t, 2, "the report of a panic ran on another goroutine than the caller's")
				}
			}
		}
	})
	probe.Bubble(t, func(t *testing.T) { // whether that is reported is another check's
		done, cancel := context.WithCancel(t.Context())
		cancel()
		f := wrap(t, ignore, func(context.Context) (int, error) { panic(boom) })
		recovered := probe.Recovered(func() { _, _ = f(done) })
		checkPanic(t, fmt.Sprintf("f(a context that is done) where fn does panic(%q)", boom), recovered, boom)
	})
}

func checkPanic(t *testing.T, call string, recovered, value any) {
	t.Helper()
	switch {
	case recovered == nil:
		probe.Failf(t, 3, "%s returned; the panic should have gone on", call)
	case !samePanic(recovered, value):
		probe.Failf(t, 3, "%s panicked with another value (a %T)", call, recovered)
	}
}

// samePanic says whether a panic went on with value. A slice cannot be compared: what
// counts is where it is.
func samePanic(got, value any) bool {
	slice, ok := value.([]string)
	if !ok {
		return got == value
	}
	other, ok := got.([]string)
	return ok && len(other) == len(slice) && &other[0] == &slice[0]
}

func checkPanicReport(t *testing.T, r timed.Report, text string) {
	t.Helper()
	probe.Equal(t, 2, "Report.Name when fn panics", r.Name, "job")
	probe.Equal(t, 2, "Report.Elapsed when fn panics after 1.5s", r.Elapsed, 1500*time.Millisecond)
	if r.Err == nil {
		probe.Fail(t, 3, "Report.Err when fn panics", "nil", "an error")
	} else if says := fmt.Sprint(r.Err); !strings.Contains(says, text) { // Err may be the value itself, even an unlucky nil
		probe.Fail(t, 3, "the text of Report.Err when fn panics", fmt.Sprintf("%q", says), fmt.Sprintf("%q, the value of the panic, in it", text))
	}
}

func TestNilCallbackPanics(t *testing.T) {
	probe.Check(t)
	fn := func(context.Context) (int, error) { return 0, nil }
	probe.WantPanic(t, 5, "Timed(name, nil, fn)", func() { timed.Timed("job", nil, fn) })
	probe.WantPanic(t, 5, "Timed(name, report, nil)", func() { timed.Timed[int]("job", ignore, nil) })
}

// wrap calls Timed, with the name job, and wants a function from it.
func wrap(t *testing.T, report func(timed.Report), fn job) job {
	t.Helper()
	f := timed.Timed("job", report, fn)
	if f == nil {
		probe.Fail(t, 1, "Timed(name, report, fn)", "nil", "a function")
		t.FailNow()
	}
	return f
}

func ignore(timed.Report) {}

// key is that of the value which tests put into contexts.
type key struct{}

// number is an error that tells which call it comes from.
type number int

func (n number) Error() string { return fmt.Sprint("error of call ", int(n)+1) }

// unlucky is an error whose nil has no text.
type unlucky struct{ text string }

func (u *unlucky) Error() string { return u.text }
