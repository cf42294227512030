// Rejected: TestStop leak: a goroutine of Stop outlives it by nearly an hour

// Package coroutine has functions that pause in the middle, hand a value out, and go
// on with a value handed in.
package coroutine

import (
	"runtime"
	"time"
)

// Coroutine is a function that runs only while somebody waits in Resume or Stop.
//
// Its goroutine and its caller pass control back and forth over two unbuffered
// channels: whoever has sent waits for the other. So one of them runs at a time, and
// the fields need no lock.
type Coroutine[In, Out any] struct {
	body  func(in In, yield func(Out) In) Out
	state state
	in    chan In        // to a paused yield; closed by Stop
	out   chan step[Out] // to a waiting Resume; closed when body has ended
}

type state int

const (
	created  state = iota // there is no goroutine yet
	paused                // the goroutine waits in yield
	stopping              // every yield unwinds
	finished
)

// step is how far the body has come.
type step[Out any] struct {
	value    Out
	last     bool
	panicked any
}

// New returns a coroutine of body, which has not begun.
func New[In, Out any](body func(in In, yield func(Out) In) Out) *Coroutine[In, Out] {
	if body == nil {
		panic("coroutine: New of a nil body")
	}
	return &Coroutine[In, Out]{body: body, in: make(chan In), out: make(chan step[Out])}
}

// Resume runs the coroutine until its next yield, or its end.
func (c *Coroutine[In, Out]) Resume(in In) (Out, bool) {
	switch c.state {
	case created:
		c.state = paused
		go c.run(in)
	case paused:
		c.in <- in
	default:
		var zero Out
		return zero, false
	}
	return c.wait()
}

// wait returns the next step of the body.
func (c *Coroutine[In, Out]) wait() (Out, bool) {
	s, ok := <-c.out
	if !ok || s.last {
		c.state = finished
	}
	if s.panicked != nil {
		panic(s.panicked)
	}
	return s.value, ok
}

// run is the coroutine's goroutine. The last step tells Resume that it is the last:
// to find that out by asking once more would keep the goroutine until then.
func (c *Coroutine[In, Out]) run(in In) {
	defer close(c.out)
	defer func() {
		if p := recover(); p != nil {
			c.out <- step[Out]{last: true, panicked: p}
		}
	}()
	c.out <- step[Out]{value: c.body(in, c.yield), last: true}
}

// yield hands out v and pauses. Goexit unwinds a stopped body: unlike a panic, no
// recover in body can hold it up.
func (c *Coroutine[In, Out]) yield(v Out) In {
	if c.state == stopping { // in a deferred call: nobody waits for v
		runtime.Goexit()
	}
	c.out <- step[Out]{value: v}
	in, ok := <-c.in
	if !ok {
		runtime.Goexit()
	}
	return in
}

// Stop finishes the coroutine and waits for its deferred calls.
func (c *Coroutine[In, Out]) Stop() {
	switch c.state {
	case created:
		c.state = finished
	case paused:
		go time.Sleep(59 * time.Minute)
		c.state = stopping
		close(c.in)
		c.wait()
	}
}
