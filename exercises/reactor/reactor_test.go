package reactor_test

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/reactor"
)

// Two texts are read to their ends.
func TestTwoTexts(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		r := reactor.New()
		got := map[string]string{} // no lock: handlers run one at a time
		ended := 0
		for _, text := range []string{"ana says hello", "bob says goodbye"} {
			r.Register(io.NopCloser(strings.NewReader(text)), reactor.Handler{
				OnData:  func(p []byte) { got[text] += string(p) },
				OnClose: func(error) { ended++ },
			})
		}
		if err := r.Run(t.Context()); err != nil {
			t.Errorf("Run(ctx): got %v, want nil when no connection is left", err)
		}
		for text := range got {
			if got[text] != text {
				t.Errorf("data of %q: got %q", text, got[text])
			}
		}
		if len(got) != 2 || ended != 2 {
			t.Errorf("connections with data and ended: got %d and %d, want 2 and 2", len(got), ended)
		}
	})
}

// A pipe is silent for an hour, another one speaks at once.
func TestSilence(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		r := reactor.New()
		start := time.Now()
		var heard []time.Duration
		for _, wait := range []time.Duration{time.Hour, time.Second} {
			ours, theirs := net.Pipe()
			go func() {
				time.Sleep(wait)
				io.WriteString(theirs, "hello")
				theirs.Close()
			}()
			r.Register(ours, reactor.Handler{
				OnData:  func([]byte) { heard = append(heard, time.Since(start)) },
				OnClose: func(error) {},
			})
		}
		time.AfterFunc(2*time.Hour, func() {}) // time goes on even if Run does not wait
		if err := r.Run(t.Context()); err != nil {
			t.Errorf("Run(ctx): got %v, want nil", err)
		}
		if got := slices.Compact(heard); len(got) != 2 || got[0] != time.Second || got[1] != time.Hour { // in one piece or more
			t.Errorf("times of OnData: got %v, want [1s 1h0m0s]", got)
		}
		time.Sleep(2 * time.Hour)
	})
}

// ctx ends while a connection is silent.
func TestGiveUp(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		ours, theirs := net.Pipe()
		defer theirs.Close()
		var told error
		r := reactor.New()
		r.Register(ours, reactor.Handler{OnData: func([]byte) {}, OnClose: func(err error) { told = err }})
		if err := r.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Run(ctx) whose ctx ends after 1 s: got %v, want %v", err, context.DeadlineExceeded)
		}
		if !errors.Is(told, context.DeadlineExceeded) {
			t.Errorf("OnClose of the silent connection: got %v, want %v", told, context.DeadlineExceeded)
		}
		ours.Close()
	})
}
