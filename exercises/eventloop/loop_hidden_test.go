//go:build hidden

package eventloop_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/eventloop"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// far is a delay that does not pass in a test. What sleeps so long outlives Run, and
// probe.NoneLeft sees that it ends.
const far = 30 * time.Minute

// diary is a loop, and what has happened on it at which moment of virtual time.
type diary struct {
	*eventloop.Loop
	t       *testing.T
	start   time.Time
	entries probe.Log[string]
	inside  probe.Gauge

	runner probe.Log[string] // the goroutine that called Run
	ended  chan struct{}     // closed when Run has returned
	err    error             // of Run
}

// open returns the diary of a new loop. Call it inside the bubble.
func open(t *testing.T) *diary {
	t.Helper()
	loop := eventloop.New()
	if loop == nil {
		probe.Failf(t, 1, "New() returned nil")
		t.FailNow()
	}
	t.Cleanup(loop.Close) // a test that has failed must end as well
	return &diary{Loop: loop, t: t, start: time.Now(), ended: make(chan struct{})}
}

// run calls Run and waits for its end, which it enters.
func (d *diary) run(ctx context.Context) {
	d.runner.Add(probe.Goroutine())
	d.err = d.Run(ctx)
	d.enter("Run returns " + code(d.err))
	close(d.ended)
}

func (d *diary) enter(what string) {
	d.entries.Add(fmt.Sprint(what, " at ", time.Since(d.start)))
}

// elsewhere is what is entered behind the name of a callback that is on no loop.
const elsewhere = " on another goroutine than Run's"

// told is an entry as a sentence has it: the callback "first" at 1s.
func told(entry string) string {
	at := strings.LastIndex(entry, " at ")
	if at < 0 || strings.HasPrefix(entry, "Run returns ") {
		return entry
	}
	name := strings.TrimSuffix(entry[:at], elsewhere)
	return fmt.Sprintf("the callback %q%s", name, entry[len(name):])
}

// write returns a callback that enters name, takes a while, and then does more.
func (d *diary) write(name string, takes time.Duration, more ...func()) func() {
	return func() {
		d.inside.Enter()
		defer d.inside.Leave()
		if slices.Contains(d.runner.All(), probe.Goroutine()) {
			d.enter(name)
		} else {
			d.enter(name + elsewhere)
		}
		time.Sleep(takes)
		for _, f := range more {
			f()
		}
	}
}

// post posts write(name, takes, more...).
func (d *diary) post(name string, takes time.Duration, more ...func()) {
	d.t.Helper()
	probe.Equal(d.t, 2, "error of Post("+name+")", code(d.Post(d.write(name, takes, more...))), "nil")
}

// after is After(delay, write(name, 0, more...)).
func (d *diary) after(delay time.Duration, name string, more ...func()) (cancel func()) {
	d.t.Helper()
	cancel = d.After(delay, d.write(name, 0, more...))
	if cancel == nil {
		probe.Failf(d.t, 3, "After returned a nil cancel")
		d.t.FailNow()
	}
	return cancel
}

// want compares what has happened, entry by entry.
func (d *diary) want(contract int, when string, want ...string) {
	d.t.Helper()
	got := d.entries.All()
	for i, w := range want {
		g := "nothing"
		if i < len(got) {
			g = got[i]
		}
		if g != w {
			probe.Fail(d.t, contract, fmt.Sprintf("event number %d (%s)", i+1, when), told(g), told(w))
			d.t.FailNow()
		}
	}
	if len(got) > len(want) {
		probe.Equal(d.t, contract, fmt.Sprintf("event number %d (%s)", len(want)+1, when), told(got[len(want)]), "nothing")
		d.t.FailNow()
	}
	if peak := d.inside.Peak(); peak > 1 {
		probe.Fail(d.t, 1, "callbacks that have begun and not ended, at one moment, "+when, peak, 1)
		d.t.FailNow()
	}
}

// code is err's name in the contract. The cause of a cancellation may come with ctx's
// error, not instead of it.
func code(err error) string {
	return probe.ErrorNames(err,
		probe.Named{Name: "ErrClosed", Err: errClosed},
		probe.Named{Name: "the cause given to cancel", Err: errDecoy, Alone: true})
}

var (
	errClosed = eventloop.ErrClosed              // as it was before any call
	errDecoy  = errors.New("returned by nobody") // given to cancel as the cause
)

// scenario explores body with a loop of its own.
func scenario(t *testing.T, body func(s *explore.S, l *eventloop.Loop)) {
	t.Helper()
	if t.Failed() {
		return
	}
	explore.Run(t, func(s *explore.S) {
		l := eventloop.New()
		if l == nil {
			s.Failf(1, "New() returned nil")
			return
		}
		body(s, l)
	})
}
