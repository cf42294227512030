// Rejected: TestPanic fail: a panic's value arrives as the text that its String method gives.
package coroutine

import "sync"

// Two mutexes as binary semaphores: who may run. Lock is "wait for my turn", Unlock
// "your turn".
type Coroutine[In, Out any] struct {
	caller, callee sync.Mutex
	body           func(In, func(Out) In) Out
	in             In
	out            Out
	begun          bool
	ended          bool
	stop           bool
	panicking      bool
	p              any
}

func New[In, Out any](body func(in In, yield func(Out) In) Out) *Coroutine[In, Out] {
	if body == nil {
		panic("nil body given to coroutine.New")
	}
	c := &Coroutine[In, Out]{body: body}
	c.caller.Lock()
	c.callee.Lock()
	return c
}

type stopped *int

func (c *Coroutine[In, Out]) yield(v Out) In {
	if !c.stop {
		c.out = v
		c.caller.Unlock()
		c.callee.Lock()
	}
	if c.stop {
		panic(stopped(nil))
	}
	return c.in
}

func (c *Coroutine[In, Out]) transfer() {
	if !c.begun {
		c.begun = true
		go func() {
			defer c.caller.Unlock()
			defer func() {
				c.ended = true
				p := recover()
				if _, is := p.(stopped); !is && p != nil {
					c.panicking, c.p = true, p
				}
			}()
			c.out = c.body(c.in, c.yield)
		}()
	} else {
		c.callee.Unlock()
	}
	c.caller.Lock()
}

func (c *Coroutine[In, Out]) Resume(in In) (Out, bool) {
	var zero Out
	if c.ended {
		return zero, false
	}
	c.in = in
	c.transfer()
	if c.panicking {
		c.panicking = false
		if s, is := c.p.(interface{ String() string }); is {
			panic(s.String())
		}
		panic(c.p)
	}
	return c.out, true
}

func (c *Coroutine[In, Out]) Stop() {
	if c.ended {
		return
	}
	if !c.begun {
		c.ended = true
		return
	}
	c.stop = true
	c.transfer()
}
