// Package coroutine has functions that pause in the middle. Here iter.Pull, which has
// coroutines of its own, passes the values out; those that go in lie in a field.
package coroutine

import "iter"

// Coroutine is a function that runs only while somebody waits for it.
type Coroutine[In, Out any] struct {
	body     func(in In, yield func(Out) In) Out
	in       In
	result   Out
	returned bool
	stopped  bool
	over     bool
	next     func() (Out, bool)
	stop     func()
}

// unwinding is what a stopped body panics with.
type unwinding struct{}

// New returns a coroutine of body.
func New[In, Out any](body func(in In, yield func(Out) In) Out) *Coroutine[In, Out] {
	if body == nil {
		panic("coroutine: body is nil")
	}
	return &Coroutine[In, Out]{body: body}
}

// Resume runs body to its next yield.
func (c *Coroutine[In, Out]) Resume(in In) (v Out, ok bool) {
	if c.over {
		return v, false
	}
	if c.next == nil {
		c.next, c.stop = iter.Pull(c.values)
	}
	c.in = in
	running := true
	defer func() { c.over = c.over || running }() // a panic
	v, ok = c.next()
	running = false
	if !ok {
		c.over = true
		return c.result, c.returned
	}
	return v, true
}

func (c *Coroutine[In, Out]) values(yield func(Out) bool) {
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(unwinding); !ok {
				panic(p)
			}
		}
	}()
	v := c.body(c.in, func(v Out) In {
		if c.stopped || !yield(v) {
			panic(unwinding{})
		}
		return c.in
	})
	if !c.stopped {
		c.result, c.returned = v, true
	}
}

// Stop unwinds body.
func (c *Coroutine[In, Out]) Stop() {
	if c.over {
		return
	}
	c.over, c.stopped = true, true
	if c.stop != nil {
		c.stop()
	}
}
