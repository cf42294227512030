// Rejected: TestNeverAhead fail: a coroutine that nobody resumes for an hour ends, so as not to leak.
package coroutine

import (
	"runtime"
	"time"
)

type signal[In any] struct {
	in   In
	stop bool
}

type reply[Out any] struct {
	out      Out
	end      bool
	panicked bool
	value    any
}

type Coroutine[In, Out any] struct {
	body    func(in In, yield func(Out) In) Out
	signals chan signal[In]
	replies chan reply[Out]
	started bool
	done    bool
	stopped bool
	gone    chan struct{}
}

func New[In, Out any](body func(in In, yield func(Out) In) Out) *Coroutine[In, Out] {
	if body == nil {
		panic("coroutine: nil body")
	}
	return &Coroutine[In, Out]{body: body, signals: make(chan signal[In]), replies: make(chan reply[Out]), gone: make(chan struct{})}
}

func (c *Coroutine[In, Out]) run(in In) {
	r := reply[Out]{end: true}
	ok := false
	defer func() {
		select {
		case <-c.gone:
			return
		default:
		}
		if !ok && !c.stopped {
			r.panicked = true
			r.value = recover()
		}
		c.replies <- r
	}()
	r.out = c.body(in, c.yield)
	ok = true
}

func (c *Coroutine[In, Out]) yield(v Out) In {
	if c.stopped {
		runtime.Goexit()
	}
	c.replies <- reply[Out]{out: v}
	var s signal[In]
	select {
	case s = <-c.signals:
	case <-time.After(time.Hour): // nobody wants it any more: do not leak
		close(c.gone)
		runtime.Goexit()
	}
	if s.stop {
		c.stopped = true
		runtime.Goexit()
	}
	return s.in
}

func (c *Coroutine[In, Out]) Resume(in In) (Out, bool) {
	var zero Out
	if c.done {
		return zero, false
	}
	if !c.started {
		c.started = true
		go c.run(in)
	} else {
		select {
		case c.signals <- signal[In]{in: in}:
		case <-c.gone:
			c.done = true
			return zero, false
		}
	}
	r := <-c.replies
	if r.end {
		c.done = true
	}
	if r.panicked {
		panic(r.value)
	}
	return r.out, true
}

func (c *Coroutine[In, Out]) Stop() {
	if c.done {
		return
	}
	c.done = true
	if c.started {
		select {
		case c.signals <- signal[In]{stop: true}:
			<-c.replies
		case <-c.gone:
		}
	}
}
