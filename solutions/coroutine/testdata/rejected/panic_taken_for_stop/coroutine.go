// Rejected: TestPanic fail: a body that panics with context.Canceled is taken for one that was stopped.
package coroutine

import (
	"context"
	"errors"
	"log"
	"sync"
)

type Coroutine[In, Out any] struct {
	*sync.Once
	ctx      context.Context
	cancel   context.CancelCauseFunc
	finished chan struct{}
	in       chan In
	out      chan Out
	failure  any
	failed   bool
	body     func(In, func(Out) In) Out
}

var errStopped = errors.New("stopped")

func New[In, Out any](body func(in In, yield func(Out) In) Out) *Coroutine[In, Out] {
	if body == nil {
		log.Panic("coroutine: nil body")
	}
	c := &Coroutine[In, Out]{
		Once:     new(sync.Once),
		finished: make(chan struct{}),
		in:       make(chan In, 1),
		out:      make(chan Out, 1),
		body:     body,
	}
	c.ctx, c.cancel = context.WithCancelCause(context.Background())
	return c
}

func (c *Coroutine[In, Out]) launch() {
	go func() {
		defer close(c.finished)
		defer c.cancel(nil)
		defer func() {
			r := recover()
			if err, is := r.(error); is && errors.Is(err, context.Canceled) {
				return
			}
			if c.ctx.Err() == nil && r != nil {
				c.failed, c.failure = true, r
			}
			log.Printf("coroutine ends, recover() is %v", r)
		}()
		last := c.body(<-c.in, func(v Out) In {
			if err := context.Cause(c.ctx); err != nil {
				panic(err)
			}
			c.out <- v
			select {
			case in := <-c.in:
				return in
			case <-c.ctx.Done():
				panic(context.Cause(c.ctx))
			}
		})
		if c.ctx.Err() == nil {
			c.out <- last
		}
	}()
}

func (c *Coroutine[In, Out]) Resume(in In) (v Out, ok bool) {
	c.Do(c.launch)
	select {
	case <-c.finished:
		return v, false
	default:
	}
	c.in <- in
	select {
	case v = <-c.out:
		ok = true
	case <-c.finished:
		select {
		case v = <-c.out: // the last one
			return v, true
		default:
		}
		if c.failed {
			panic(c.failure)
		}
	}
	// A last value: wait for the end, which is near.
	return v, ok
}

func (c *Coroutine[In, Out]) Stop() {
	c.cancel(errStopped)
	c.Do(func() { close(c.finished) })
	<-c.finished
}
