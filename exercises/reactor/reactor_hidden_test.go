//go:build hidden

package reactor_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/reactor"
)

// The API, to the letter.
var (
	_ func() *reactor.Reactor                                = reactor.New
	_ func(*reactor.Reactor, io.ReadCloser, reactor.Handler) = (*reactor.Reactor).Register
	_ func(*reactor.Reactor, context.Context) error          = (*reactor.Reactor).Run
	_                                                        = reactor.Handler{OnData: func([]byte) {}, OnClose: func(error) {}}
)

// script makes n pieces of random size and spacing, and the end.
func script(r *rand.Rand, n int, last read) []read {
	var all []read
	for range n {
		size := 1 + r.IntN(300)
		if r.IntN(8) == 0 {
			size = 5_000
		}
		all = append(all, read{
			after: time.Duration(r.IntN(3)) * time.Duration(r.IntN(1000)) * time.Millisecond,
			data:  letters(r, size),
		})
	}
	return append(all, last)
}

// letters returns n of them, so that no two parts of a piece are alike.
func letters(r *rand.Rand, n int) string {
	all := make([]byte, n)
	for i := range all {
		all[i] = byte('a' + r.IntN(26))
	}
	return string(all)
}

func TestDataInOrder(t *testing.T) {
	probe.Check(t)
	rnd := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		r := reactorOf(t)
		var all []*diary
		for i := range 12 {
			d := newDiary(fmt.Sprint(i), script(rnd, 1+rnd.IntN(20), end)...)
			d.home, d.writes = probe.Goroutine(), true
			r.Register(d.conn, d.handler())
			all = append(all, d)
		}
		probe.Equal(t, 3, "error of Run(ctx) until the last of 12 connections has ended", name(r.Run(probe.Foreign(t.Context()))), "nil")
		probe.NoneLeft(t, "Run(ctx) until the last of 12 connections has ended")
		for _, d := range all {
			what := fmt.Sprintf("of one of %d connections", len(all))
			if strings.Contains(d.text(), "#") {
				probe.Failf(t, 1, "p belongs to the handler, and yet a handler that writes behind its p, as an append does, writes into another p")
				return
			}
			if !probe.Equal(t, 1, "data "+what+" is what was sent", d.text() == d.sent(), true) || !d.closedOnce(t, 2, what, nil) {
				return
			}
		}
	})
	probe.Bubble(t, kept)
}

func TestOneAtATime(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		r := reactorOf(t)
		var inside probe.Gauge
		home := probe.Goroutine()
		var all []*diary
		for i := range 5 {
			d := newDiary(fmt.Sprint(i), read{data: "hello"}, read{data: "world"}, end)
			d.home = home
			d.during = func() {
				inside.Enter()
				time.Sleep(time.Second)
				inside.Leave()
			}
			all = append(all, d)
			r.Register(d.conn, d.handler())
		}
		took := probe.Elapsed(func() { probe.Equal(t, 3, "error of Run(ctx)", name(r.Run(t.Context())), "nil") })
		probe.Equal(t, 1, "handlers that ran at the same time", inside.Peak(), 1)
		calls := 0 // a small buffer makes more of them
		for _, d := range all {
			calls += d.Len()
		}
		probe.Equal(t, 1, fmt.Sprintf("time of %d calls of OnData that take 1 s each", calls), took, time.Duration(calls)*time.Second)
		for _, d := range all {
			probe.Equal(t, 1, "handlers called on another goroutine than Run's", d.others.Total(), 0)
		}
	})
	probe.Bubble(t, oneInAnother)
}

func TestEnds(t *testing.T) {
	probe.Check(t)
	for _, c := range []struct {
		name   string
		script []read
		want   error
	}{
		{"that ends at once", []read{end}, nil},
		{"that ends after data", []read{{data: "ab"}, end}, nil},
		{"whose end comes with data", []read{{data: "ab"}, {data: "cd", err: io.EOF}}, nil},
		{"that breaks", []read{{data: "ab"}, {err: errReset}}, errReset},
		{"that breaks with data", []read{{data: "ab", err: errReset}}, errReset},
		{"with an unexpected end", []read{{err: io.ErrUnexpectedEOF}}, io.ErrUnexpectedEOF},
		{"that is a broken pipe", []read{{data: "ab"}, {err: io.ErrClosedPipe}}, io.ErrClosedPipe},
		{"that somebody has closed", []read{{data: "ab"}, {err: net.ErrClosed}}, net.ErrClosed},
		{"that times out", []read{{data: "ab"}, {err: os.ErrDeadlineExceeded}}, os.ErrDeadlineExceeded},
		{"with empty reads", []read{{}, {data: "ab"}, {after: time.Second}, {data: "cd"}, {}, end}, nil},
		{"with 200 empty reads", append(make([]read, 200), read{data: "ab"}, end), nil},
	} {
		probe.Bubble(t, func(t *testing.T) {
			r := reactorOf(t)
			d := newDiary(c.name, c.script...)
			d.fails = errClose
			r.Register(d.conn, d.handler())
			probe.Equal(t, 3, "error of Run(ctx) with a connection "+c.name, name(r.Run(t.Context())), "nil")
			probe.Equal(t, 2, "data of a connection "+c.name, d.text(), d.sent())
			d.closedOnce(t, 2, "of a connection "+c.name, c.want)
			probe.Equal(t, 2, "calls of OnData with an empty p of a connection "+c.name, d.empty.Total(), 0)
		})
		if t.Failed() {
			return
		}
	}
	for _, c := range []struct {
		name string
		f    func(r *reactor.Reactor)
	}{
		{"without a connection", func(r *reactor.Reactor) {
			r.Register(nil, reactor.Handler{OnData: func([]byte) {}, OnClose: func(error) {}})
		}},
		{"without OnData", func(r *reactor.Reactor) {
			r.Register(io.NopCloser(strings.NewReader("")), reactor.Handler{OnClose: func(error) {}})
		}},
		{"without OnClose", func(r *reactor.Reactor) {
			r.Register(io.NopCloser(strings.NewReader("")), reactor.Handler{OnData: func([]byte) {}})
		}},
	} {
		probe.Equal(t, 1, "Register "+c.name+" panics", probe.Recovered(func() { c.f(reactorOf(t)) }) != nil, true)
	}
}

func TestRegister(t *testing.T) {
	probe.Check(t)
	odd := 5*time.Second + time.Duration(1+probe.Rand(t).IntN(1e9-1)) // no full one
	probe.Bubble(t, func(t *testing.T) {
		r := reactorOf(t)
		first := newDiary("first", read{after: time.Second, data: "a"}, read{after: 10 * time.Second, err: io.EOF})
		second := newDiary("second", read{after: time.Second, data: "b"}, end)
		third := newDiary("third", read{after: time.Second, data: "c"}, end)
		var once bool
		first.during = func() {
			if !once {
				once = true
				r.Register(second.conn, second.handler()) // from a handler, during Run
			}
		}
		r.Register(first.conn, first.handler())
		for range 9 {
			other := newDiary("other", read{after: 2500 * time.Millisecond, err: io.EOF})
			r.Register(other.conn, other.handler())
		}
		probe.Equal(t, 3, "goroutines that Register started before Run", len(probe.Leaked()), 0)
		start := time.Now()
		var at time.Duration
		third.during = func() { at = time.Since(start) }
		go func() {
			time.Sleep(odd)
			r.Register(third.conn, third.handler()) // from another goroutine, while Run waits
		}()
		took := probe.Elapsed(func() { probe.Equal(t, 3, "error of Run(ctx)", name(r.Run(t.Context())), "nil") })
		probe.Equal(t, 3, "time of Run until its last connection has ended", took, 11*time.Second)
		probe.Equal(t, 3, fmt.Sprintf("time of OnData of a connection that gives data after 1 s, registered by another goroutine after %v", odd), at, odd+time.Second)
		for _, d := range []*diary{first, second, third} {
			probe.Equal(t, 3, "pieces of data of the "+d.name+" connection", d.Len(), 1)
			d.closedOnce(t, 2, "of the "+d.name+" connection", nil)
		}
		registeredAtTheEnd(t)
		crowd(t)
		took = probe.Elapsed(func() {
			probe.Equal(t, 3, "error of Run(ctx) without connections", name(reactorOf(t).Run(probe.Foreign(t.Context()))), "nil")
		})
		probe.NoneLeft(t, "Run(ctx) without connections")
		probe.Equal(t, 3, "time of Run(ctx) without connections", took, 0)
	})
}

// registeredAtTheEnd has the OnClose of the only connection register another one,
// and so on.
func registeredAtTheEnd(t *testing.T) {
	r := reactorOf(t)
	line := []*diary{newDiary("only", read{data: "a"}, end)}
	for range 4 {
		line = append(line, newDiary("next", read{after: time.Second, data: "b"}, end))
	}
	r.Register(line[0].conn, inLine(r, line))
	took := probe.Elapsed(func() { probe.Equal(t, 3, "error of Run(ctx)", name(r.Run(t.Context())), "nil") })
	probe.Equal(t, 3, "time of Run when the OnClose of the only connection registers one that ends after 1 s, whose OnClose does, 4 in all", took, 4*time.Second)
	line[4].closedOnce(t, 2, "of the last connection that an OnClose of the one before registered", nil)
}

func TestSilentConnection(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		r := reactorOf(t)
		start := time.Now()
		var last time.Duration
		for range 1100 {
			other := newDiary("silent, too", read{after: time.Minute, err: io.EOF})
			r.Register(other.conn, reactor.Handler{OnData: other.data, OnClose: func(error) { last = time.Since(start) }})
		}
		silent := newDiary("silent", read{after: time.Hour, err: io.EOF})
		busy := newDiary("busy", read{after: time.Second, data: "a"}, read{after: time.Second, data: "b"}, read{after: time.Second, err: io.EOF})
		var at probe.Log[time.Duration]
		busy.during = func() { at.Add(time.Since(start)) }
		r.Register(silent.conn, silent.handler())
		r.Register(busy.conn, busy.handler())
		probe.Equal(t, 3, "error of Run(ctx)", name(r.Run(t.Context())), "nil")
		probe.Equal(t, 4, "times of OnData beside 1101 silent connections", fmt.Sprint(at.All()), "[1s 2s]")
		probe.Equal(t, 4, "time of the last OnClose of 1100 connections that end after a minute", last, time.Minute)
		probe.Equal(t, 4, "time of Run until the last silent connection ended", time.Since(start), time.Hour)
		busy.closedOnce(t, 2, "of the busy connection", nil)
		silent.closedOnce(t, 2, "of the silent connection", nil)
	})
}

// Sixteen connections speak at the same moment.
func TestManyAtOnce(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, sideBySide)
	const n = 16
	probe.Bubble(t, func(t *testing.T) {
		r := reactorOf(t)
		all := make([]*diary, n)
		home := probe.Goroutine()
		for i := range n {
			all[i] = newDiary(fmt.Sprint(i), read{after: time.Second, data: fmt.Sprint("hello ", i)}, read{data: "!"}, end)
			all[i].home = home
		}
		go probe.Parallel(t, n, func(i int) { r.Register(all[i].conn, all[i].handler()) })
		synctest.Wait()
		total, pieces := 0, 0 // handlers run one at a time: no lock
		for _, d := range all {
			d.during = func() { total++ }
		}
		probe.Equal(t, 3, "error of Run(ctx)", name(r.Run(t.Context())), "nil")
		for _, d := range all {
			pieces += d.Len()
		}
		probe.Equal(t, 1, fmt.Sprintf("pieces of data that handlers of %d connections counted, without a lock", n), total, pieces)
		for i, d := range all {
			if !probe.Equal(t, 1, "data of one of many connections", d.text(), fmt.Sprintf("hello %d!", i)) || !d.closedOnce(t, 2, "of one of many connections", nil) {
				return
			}
		}
	})
	if !t.Failed() {
		inParallel(t)
	}
}
