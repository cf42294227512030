//go:build hidden

package c10k_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"
)

// acceptError is an error of Accept.
type acceptError struct{ temporary bool }

func (e *acceptError) Error() string   { return "accept: too many open files" }
func (e *acceptError) Temporary() bool { return e.temporary }

var (
	errTemporary = fmt.Errorf("accept4: %w", &acceptError{temporary: true})
	errForGood   = fmt.Errorf("accept4: %w", &acceptError{temporary: false})
	errPlain     = errors.New("accept: the network is gone")
)

// troubled is a listener with temporary errors until d has passed. One that is
// asked again and again at the same moment fails for good, to end it.
func troubled(t *testing.T, d time.Duration) *listener {
	l := newListener()
	end, last, calls := time.Now().Add(d), time.Time{}, 0
	var mu sync.Mutex // several goroutines may accept at the same time
	l.trouble = func() error {
		mu.Lock()
		defer mu.Unlock()
		now := time.Now()
		if !now.Before(end) {
			return nil
		}
		if !now.Equal(last) {
			last, calls = now, 0
		}
		l.errors.Enter()
		if calls++; calls > 100 {
			probe.Failf(t, 2, "Serve spins: 100 calls of Accept at the same moment, all with a temporary error")
			return errPlain
		}
		return errTemporary
	}
	return l
}

// Temporary errors that pass.
func passing(t *testing.T, d time.Duration) {
	start := time.Now()
	s := serve(t, troubled(t, d), 100*time.Hour, echo)
	time.Sleep(d)
	if !s.retries(t) {
		return
	}
	c := s.dial(t)
	probe.Equal(t, 2, "reply on a connection that comes after some temporary errors of Accept", c.asks("hello"), "<hello>\n")
	if more := time.Since(start) - d; more > time.Hour {
		probe.Fail(t, 2, fmt.Sprintf("time from the last of %v with temporary errors until the first connection is accepted", d), more, "less than an hour")
	}
	s.over(t)
}

// retries says whether Serve has not returned among temporary errors.
func (s *service) retries(t *testing.T) bool {
	t.Helper()
	if !s.hasReturned() {
		return true
	}
	if n := s.errors.Total(); !t.Failed() { // one that spins was made to return
		probe.Failf(t, 2, "Serve has returned when Accept had given its temporary error number %d, wrapped so that only errors.As finds it; Serve must retry until ctx ends", n)
	}
	return false
}

func (s *service) hasReturned() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// ctx ends while temporary errors go on.
func lasting(t *testing.T, d time.Duration) {
	s := serve(t, troubled(t, 10*patience), time.Minute, echo)
	time.Sleep(d)
	if !s.retries(t) {
		return
	}
	s.stop(nil)
	var err error
	took := probe.Elapsed(func() { err = s.ends(t, "ctx is done, among temporary errors of Accept") })
	probe.Equal(t, 3, "error of Serve when ctx ends among temporary errors", probe.ErrorName(err), "nil")
	probe.Equal(t, 3, "time until Serve returns when ctx ends among temporary errors", took, 0)
	s.swept(t, "ctx is done")
}

// The listener fails; if meanwhile, ctx ends before the clean-up has.
func failing(t *testing.T, failure error, meanwhile bool) {
	s := serve(t, newListener(), time.Minute, slowly(5*time.Second))
	silent, busy := s.dial(t), s.dial(t)
	busy.say("slow\n")
	synctest.Wait()
	s.arrive(arrival{err: failure}, s.done, nil)
	synctest.Wait()
	probe.Equal(t, 3, "the listener is closed at once after it failed", s.isClosed(), true)
	probe.Equal(t, 3, "an idle connection is closed at once after the listener failed", silent.isClosed(), true)
	time.Sleep(time.Second)
	if meanwhile {
		s.stop(nil)
		synctest.Wait()
	}
	if s.hasReturned() {
		probe.Failf(t, 3, "Serve has returned after the listener failed, while a handle was running: it must wait until its goroutines have ended")
	}
	probe.Equal(t, 3, "a reply whose handle was running when the listener failed", busy.reply(), "<slow>\n")
	var err error
	took := probe.Elapsed(func() { err = s.ends(t, "the listener failed") })
	probe.Equal(t, 3, "time from the last reply until Serve returns after the listener failed", took, 0)
	if !errors.Is(err, failure) {
		probe.Fail(t, 3, "error of Serve when the listener failed", probe.ErrorName(err), "the listener's error")
	}
	s.swept(t, "the listener failed")
}
