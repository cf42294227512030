// Rejected: TestNeverAhead fail: Resume waits a minute at most for the next value.
package coroutine

import (
	"runtime"
	"time"
)

type reply[Out any] struct {
	v        Out
	last     bool
	panicked bool
	p        any
}

type Coroutine[In, Out any] struct {
	body     func(In, func(Out) In) Out
	in       chan In
	out      chan reply[Out]
	started  bool
	finished bool
}

func New[In, Out any](body func(in In, yield func(Out) In) Out) *Coroutine[In, Out] {
	if body == nil {
		panic("coroutine: nil body")
	}
	return &Coroutine[In, Out]{body: body, in: make(chan In), out: make(chan reply[Out])}
}

func (c *Coroutine[In, Out]) yield(v Out) In {
	select {
	case in, ok := <-c.in: // only when stopped
		if !ok {
			runtime.Goexit()
		}
		return in
	default:
	}
	c.out <- reply[Out]{v: v}
	in, ok := <-c.in
	if !ok {
		runtime.Goexit()
	}
	return in
}

func (c *Coroutine[In, Out]) run(in In) {
	r := reply[Out]{last: true, panicked: true}
	returned := false
	defer func() {
		r.p = recover()
		if returned || r.p == nil { // Goexit
			r.panicked = false
		}
		c.out <- r
	}()
	r.v = c.body(in, c.yield)
	returned = true
}

func (c *Coroutine[In, Out]) Resume(in In) (Out, bool) {
	var zero Out
	if c.finished {
		return zero, false
	}
	if !c.started {
		c.started = true
		go c.run(in)
	} else {
		c.in <- in
	}
	var r reply[Out]
	select {
	case r = <-c.out:
	case <-time.After(time.Minute):
		return zero, false
	}
	if r.last {
		c.finished = true
	}
	if r.panicked {
		panic(r.p)
	}
	return r.v, true
}

func (c *Coroutine[In, Out]) Stop() {
	if c.finished {
		return
	}
	c.finished = true
	if c.started {
		close(c.in)
		<-c.out
	}
}
