package reactor_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
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
		texts := []string{"ana says hello", "bob says goodbye"}
		for _, text := range texts {
			r.Register(io.NopCloser(strings.NewReader(text)), reactor.Handler{
				OnData:  func(p []byte) { got[text] += string(p) },
				OnClose: func(error) { ended++ },
			})
		}
		probe.Equal(t, 3, "error of Run(ctx) until both connections have ended", probe.ErrorName(r.Run(t.Context())), "nil")
		for i, text := range texts {
			probe.Equal(t, 1, fmt.Sprintf("data of connection %d", i+1), strconv.Quote(got[text]), strconv.Quote(text))
		}
		probe.Equal(t, 2, "calls of OnClose of two connections", ended, 2)
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
		probe.Equal(t, 3, "error of Run(ctx) until both connections have ended", probe.ErrorName(r.Run(t.Context())), "nil")
		heard = slices.Compact(heard) // data may come in one piece or more
		probe.Equal(t, 4, "times of OnData of a connection that speaks after 1s and one that is silent for an hour", fmt.Sprint(heard), "[1s 1h0m0s]")
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
		told := "no call"
		r := reactor.New()
		r.Register(ours, reactor.Handler{OnData: func([]byte) {}, OnClose: func(err error) { told = probe.ErrorName(err) }})
		probe.Equal(t, 3, "error of Run(ctx) whose ctx ends after 1s", probe.ErrorName(r.Run(ctx)), "context.DeadlineExceeded")
		probe.Equal(t, 3, "error given to OnClose of the silent connection", told, "context.DeadlineExceeded")
		ours.Close()
	})
}
