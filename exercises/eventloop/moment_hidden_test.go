//go:build hidden

package eventloop_test

import (
	"context"
	"fmt"
	"time"

	"gorutinas/exercises/eventloop"
	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

// closeMeetsPost has two Closes meet two Posts: what was taken runs, in order, and
// what was refused does not.
func closeMeetsPost(s *explore.S, l *eventloop.Loop) {
	var ran probe.Log[int]
	var run, first, second error
	s.Go(func() { run = l.Run(context.Background()); s.Yield() })
	s.Go(func() {
		first = l.Post(func() { ran.Add(1) })
		second = l.Post(func() { ran.Add(2) })
	})
	s.Go(l.Close)
	s.Go(l.Close)
	s.Wait()
	want := []int{}
	for i, err := range []error{first, second} {
		if err == nil {
			want = append(want, i+1)
		} else if c := code(err); c != "ErrClosed" {
			s.Fail(4, "error of a Post that meets Close", c, "nil or ErrClosed")
		}
	}
	if got := ran.All(); fmt.Sprint(got) != fmt.Sprint(want) {
		s.Fail(4, fmt.Sprintf("posts that run when the errors of Post are %s and %s", code(first), code(second)), got, want)
	}
	if run != nil {
		s.Fail(4, "error of Run after Close", code(run), "nil")
	}
}

// closeMeetsAfter starts a timer while a callback closes the loop, which has posts to
// finish. Once it is closed the timer does not begin.
func closeMeetsAfter(s *explore.S, l *eventloop.Loop) {
	closed, late := false, false // by callbacks, which run on one goroutine
	_ = l.Post(func() {
		l.Close()
		closed = true
	})
	for range 2 {
		_ = l.Post(func() {})
	}
	s.Go(func() { _ = l.Run(context.Background()); s.Yield() })
	s.Go(func() { l.After(0, func() { late = closed }) })
	s.Wait()
	if late {
		s.Fail(4, "a timer of 0 that is started while a callback closes the loop", "runs after Close", "it runs before Close or not at all")
	}
}

// postMeetsSleep posts to a loop that is about to sleep. A wake-up that gets lost
// there is a deadlock.
func postMeetsSleep(s *explore.S, l *eventloop.Loop) {
	var run error
	var posts probe.Gauge
	s.Go(func() { run = l.Run(context.Background()); s.Yield() })
	for range 2 {
		s.Go(func() {
			_ = l.Post(func() {
				if posts.Next() == 2 {
					l.Close()
				}
			})
		})
	}
	s.Wait()
	if run != nil || posts.Total() != 2 {
		s.Fail(2, "posts that have run, and error of Run", fmt.Sprint(posts.Total(), ", ", code(run)), "2, nil")
	}
}

// cancelMeetsPost ends ctx while the loop gets to work, or goes to sleep.
func cancelMeetsPost(s *explore.S, l *eventloop.Loop) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var run error
	var ran probe.Gauge
	s.Go(func() { run = l.Run(ctx); s.Yield() })
	s.Go(func() { _ = l.Post(ran.Enter) })
	s.Go(cancel)
	s.Wait()
	if c := code(run); c != "context.Canceled" || ran.Total() > 1 {
		s.Fail(4, "error of Run when ctx is cancelled, and number of times that the one post ran",
			fmt.Sprint(c, ", ", ran.Total()), "context.Canceled, 0 or 1")
	}
}

// timersMeetSleep starts timers, one of them cancelled, while the loop goes to sleep.
func timersMeetSleep(s *explore.S, l *eventloop.Loop) {
	start := time.Now()
	var ran probe.Log[time.Duration]
	// An exploration that delays goroutines does so by microseconds.
	now := func() { ran.Add(time.Since(start).Round(time.Millisecond)) }
	s.Go(func() { _ = l.Run(context.Background()); s.Yield() })
	s.Go(func() {
		l.After(2*time.Second, func() {
			now()
			l.Close()
		})
	})
	s.Go(func() {
		if cancel := l.After(time.Second/2, now); cancel != nil {
			cancel()
		}
		l.After(time.Second, now)
	})
	s.Wait()
	if got, want := fmt.Sprint(ran.All()), "[1s 2s]"; got != want {
		s.Fail(3, "moments at which timers of 1s and 2s run, beside one of 500ms that is cancelled at once", got, want)
	}
}
