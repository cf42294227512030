// Package coroutine has functions that pause in the middle. Here a lock with a
// condition says whose turn it is, and a stopped body panics.
package coroutine

import (
	"errors"
	"sync"
)

// Coroutine is a function that runs only while somebody waits for it.
type Coroutine[In, Out any] struct {
	body func(in In, yield func(Out) In) Out

	mu       sync.Mutex
	turned   *sync.Cond
	bodys    bool // it is the body's turn
	begun    bool
	over     bool
	stopped  bool
	in       In
	out      Out
	got      bool
	panicked *trouble
}

type trouble struct{ value any }

var errStopped = errors.New("coroutine: stopped")

// New returns a coroutine of body.
func New[In, Out any](body func(in In, yield func(Out) In) Out) *Coroutine[In, Out] {
	if body == nil {
		panic("coroutine: no body")
	}
	c := &Coroutine[In, Out]{body: body}
	c.turned = sync.NewCond(&c.mu)
	return c
}

// Resume runs body to its next yield.
func (c *Coroutine[In, Out]) Resume(in In) (Out, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.in = in
	return c.turn()
}

// turn gives the turn to the body and waits until it comes back.
func (c *Coroutine[In, Out]) turn() (v Out, ok bool) {
	if c.over {
		return v, false
	}
	c.bodys = true
	if !c.begun {
		c.begun = true
		go c.run(c.in)
	}
	c.turned.Broadcast()
	for c.bodys {
		c.turned.Wait()
	}
	if p := c.panicked; p != nil {
		c.panicked = nil
		panic(p.value)
	}
	return c.out, c.got
}

// back gives the turn to the caller. The lock is held.
func (c *Coroutine[In, Out]) back(v Out, ok bool) {
	c.out, c.got, c.bodys = v, ok, false
	c.turned.Broadcast()
}

func (c *Coroutine[In, Out]) run(in In) {
	var result Out
	ok := false
	defer func() {
		p := recover()
		c.mu.Lock()
		defer c.mu.Unlock()
		c.over = true
		if !ok && !c.stopped {
			c.panicked = &trouble{p}
		}
		c.back(result, ok && !c.stopped)
	}()
	result = c.body(in, c.yield)
	ok = true
}

func (c *Coroutine[In, Out]) yield(v Out) In {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped {
		panic(errStopped)
	}
	c.back(v, true)
	for !c.bodys {
		c.turned.Wait()
	}
	if c.stopped {
		panic(errStopped)
	}
	return c.in
}

// Stop unwinds body.
func (c *Coroutine[In, Out]) Stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.begun {
		c.stopped = true
		c.turn()
	}
	c.over = true
}
