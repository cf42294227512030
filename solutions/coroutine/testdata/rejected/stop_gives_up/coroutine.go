// Rejected: TestStop fail: Stop waits a second at most for the deferred calls of body.
package coroutine

import (
	"fmt"
	"sync"
	"time"
)

type phase int

const (
	fresh phase = iota
	running
	paused
	over
)

// Coroutine is a monitor: one mutex, one condition, whose turn it is.
type Coroutine[In, Out any] struct {
	mu       sync.Mutex
	turn     sync.Cond
	phase    phase
	stopping bool
	in       In
	out      Out
	crash    *any
	body     func(In, func(Out) In) Out
}

type stopError struct{}

func (stopError) Error() string { return "coroutine stopped" }

func New[In, Out any](body func(in In, yield func(Out) In) Out) *Coroutine[In, Out] {
	if body == nil {
		panic(fmt.Errorf("coroutine: New(%v): no body", nil))
	}
	c := &Coroutine[In, Out]{body: body}
	c.turn.L = &c.mu
	return c
}

func (c *Coroutine[In, Out]) yield(v Out) In {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopping {
		panic(stopError{})
	}
	c.out = v
	c.phase = paused
	c.turn.Broadcast()
	for c.phase != running {
		c.turn.Wait()
	}
	if c.stopping {
		panic(stopError{})
	}
	return c.in
}

func (c *Coroutine[In, Out]) main(in In) {
	normal := false
	var v Out
	defer func() {
		p := recover()
		c.mu.Lock()
		defer c.mu.Unlock()
		switch {
		case c.stopping:
		case normal:
			c.out = v
		default:
			c.crash = &p
		}
		c.phase = over
		c.turn.Broadcast()
	}()
	v = c.body(in, c.yield)
	normal = true
}

func (c *Coroutine[In, Out]) Resume(in In) (v Out, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch c.phase {
	case over:
		return
	case fresh:
		c.phase = running
		go c.main(in)
	case paused:
		c.in = in
		c.phase = running
		c.turn.Broadcast()
	case running:
		panic("coroutine: Resume of a running coroutine")
	}
	for c.phase == running {
		c.turn.Wait()
	}
	if p := c.crash; p != nil {
		c.crash = nil
		panic(*p)
	}
	v, ok = c.out, true
	var zero Out
	c.out = zero
	return
}

func (c *Coroutine[In, Out]) Stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch c.phase {
	case fresh:
		c.phase = over
	case paused:
		c.stopping = true
		c.phase = running
		c.turn.Broadcast()
		late := false
		t := time.AfterFunc(time.Second, func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			late = true
			c.turn.Broadcast()
		})
		defer t.Stop()
		for c.phase == running && !late {
			c.turn.Wait()
		}
		c.phase = over
	}
}
