// Package coroutine has functions that pause in the middle. Here each Resume is a
// request that carries the channel for its own answer.
package coroutine

// Coroutine is a function that runs only while somebody waits for it.
type Coroutine[In, Out any] struct {
	requests chan request[In, Out] // nil: finished
	start    func(first request[In, Out])
}

type request[In, Out any] struct {
	in     In
	stop   bool
	answer chan answer[Out] // has room for one
}

type answer[Out any] struct {
	value  Out
	ok     bool
	end    bool
	repeat func() // panics as body did
}

type stopped struct{}

// New returns a coroutine of body.
func New[In, Out any](body func(in In, yield func(Out) In) Out) *Coroutine[In, Out] {
	if body == nil {
		panic("coroutine: body must not be nil")
	}
	requests := make(chan request[In, Out])
	c := &Coroutine[In, Out]{requests: requests}
	c.start = func(now request[In, Out]) {
		stopping := false
		yield := func(v Out) In {
			if !stopping {
				now.answer <- answer[Out]{value: v, ok: true}
				now = <-requests
				stopping = now.stop
			}
			if stopping {
				panic(stopped{})
			}
			return now.in
		}
		last := answer[Out]{end: true}
		defer func() {
			if p := recover(); p != nil && !stopping {
				last.repeat = func() { panic(p) }
			}
			now.answer <- last
		}()
		if v := body(now.in, yield); !stopping {
			last.value, last.ok = v, true
		}
	}
	return c
}

// Resume runs body to its next yield.
func (c *Coroutine[In, Out]) Resume(in In) (Out, bool) {
	return c.ask(request[In, Out]{in: in})
}

// Stop unwinds body.
func (c *Coroutine[In, Out]) Stop() {
	if c.start != nil {
		c.start, c.requests = nil, nil
		return
	}
	c.ask(request[In, Out]{stop: true})
}

func (c *Coroutine[In, Out]) ask(r request[In, Out]) (v Out, ok bool) {
	if c.requests == nil {
		return v, false
	}
	r.answer = make(chan answer[Out], 1)
	if start := c.start; start != nil {
		c.start = nil
		go start(r)
	} else {
		c.requests <- r
	}
	a := <-r.answer
	if a.end {
		c.requests = nil
	}
	if a.repeat != nil {
		a.repeat()
	}
	return a.value, a.ok
}
