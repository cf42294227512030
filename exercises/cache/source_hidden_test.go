//go:build hidden

package cache_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/cache"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

var (
	errDisk = errors.New("the disk is worn out")
	errLink = errors.New("the link is down")
	errGone = errors.New("the caller went away") // a cause, never a result
)

// source is where loads end when the test says so, and no sooner: they do not
// listen to their context.
type source struct{ loads probe.Log[*load] }

// load is one call of a source's function.
type load struct {
	key    string
	ctx    context.Context
	result chan outcome
}

type outcome struct {
	value int
	err   error
}

func (s *source) load(ctx context.Context, key string) (int, error) {
	l := &load{key, ctx, make(chan outcome, 1)}
	s.loads.Add(l)
	r := <-l.result
	return r.value, r.err
}

// begun wants n loads to have begun once everything stands still, and returns
// them. Without them the test cannot go on.
func (s *source) begun(t *testing.T, contract, n int, when string) []*load {
	t.Helper()
	synctest.Wait()
	all := s.loads.All()
	if !probe.Equal(t, contract, "number of loads begun "+when, len(all), n) {
		for _, l := range all {
			l.end(0, errLink)
		}
		t.FailNow()
	}
	return all
}

// end has the load return. A load returns once, what is said later is ignored.
func (l *load) end(value int, err error) {
	select {
	case l.result <- outcome{value, err}:
	default:
	}
	synctest.Wait()
}

// create returns a cache, which is not nil.
func create[V any](t *testing.T, ttl time.Duration, load func(context.Context, string) (V, error)) *cache.Cache[string, V] {
	t.Helper()
	c := cache.New(ttl, load)
	if c == nil {
		probe.Failf(t, 1, "New(ttl, load) returned nil")
		t.FailNow()
	}
	return c
}

// scenario explores body with a cache of its own.
func scenario(t *testing.T, ttl time.Duration, load func(s *explore.S, ctx context.Context, n int) (int, error), body func(s *explore.S, c *cache.Cache[string, int], loads *probe.Gauge)) {
	t.Helper()
	if t.Failed() {
		return
	}
	explore.Run(t, func(s *explore.S) {
		var loads probe.Gauge
		c := cache.New(ttl, func(ctx context.Context, _ string) (int, error) {
			return load(s, ctx, loads.Next())
		})
		if c == nil {
			s.Failf(1, "New(ttl, load) returned nil")
			return
		}
		body(s, c, &loads)
	})
}

// asked is a Get on a goroutine of its own.
type asked struct {
	call   string
	answer probe.Log[string]
}

func ask(ctx context.Context, c *cache.Cache[string, int], key string) *asked {
	a := &asked{call: fmt.Sprintf("Get(ctx, %q)", key)}
	go func() { a.answer.Add(show(c.Get(ctx, key))) }()
	return a
}

const nothing = "nothing yet"

// wants compares what a has answered once everything stands still.
func (a *asked) wants(t *testing.T, contract int, when, want string) {
	t.Helper()
	synctest.Wait()
	got := nothing
	if all := a.answer.All(); len(all) > 0 {
		got = all[0]
	}
	probe.Equal(t, contract, a.call+" "+when, got, want)
}

// left wants a Get whose ctx has ended to be over; with which error is what the checks
// of those who leave are for.
func (a *asked) left(t *testing.T) {
	t.Helper()
	synctest.Wait()
	if a.answer.Len() == 0 {
		probe.Fail(t, 3, a.call+" whose ctx ends", nothing, "context.Canceled")
	}
}

// answers wants a Get that need not wait for a load to give want.
func answers(t *testing.T, c *cache.Cache[string, int], key string, contract int, when, want string) {
	t.Helper()
	ask(t.Context(), c, key).wants(t, contract, when, want)
}

func value(v int) string { return show(v, nil) }

func show(v int, err error) string {
	if err != nil {
		return name(err)
	}
	return fmt.Sprintf("(%d, nil)", v)
}

// name is err's name in these tests.
func name(err error) string {
	return probe.ErrorNames(err,
		probe.Named{Name: "errDisk", Err: errDisk},
		probe.Named{Name: "errLink", Err: errLink},
		probe.Named{Name: "only the cause of ctx's end", Err: errGone, Alone: true})
}

// leaving returns a context that the test cancels with a cause.
func leaving(t *testing.T) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(t.Context())
	return ctx, func() { cancel(errGone) }
}
