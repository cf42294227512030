package point

import (
	"reflect"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/probe"
)

// Case is one communication of a select statement.
type Case interface {
	// try communicates if that is possible at once.
	try() bool
	// native is the case for a select that waits.
	native() reflect.SelectCase
	// took notes that native was chosen, and what it received.
	took(v reflect.Value, ok bool)
}

// RecvCase receives: Value and Ok are what it received, once it was chosen.
type RecvCase[T any] struct {
	Value T
	Ok    bool
	c     <-chan T
}

// Recv returns the case of receiving from c.
func Recv[T any](c <-chan T) *RecvCase[T] { return &RecvCase[T]{c: c} }

func (r *RecvCase[T]) try() bool {
	select {
	case r.Value, r.Ok = <-r.c:
		return true
	default:
		return false
	}
}

func (r *RecvCase[T]) native() reflect.SelectCase {
	return reflect.SelectCase{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(r.c)}
}

func (r *RecvCase[T]) took(v reflect.Value, ok bool) {
	reflect.ValueOf(&r.Value).Elem().Set(v)
	r.Ok = ok
}

// SendCase sends.
type SendCase[T any] struct {
	v T
	c chan<- T
}

// Send returns a function from a value to the case of sending it to c: operands
// are evaluated in the order of the source, and v converts to T as in c <- v.
func Send[T any](c chan<- T) func(v T) *SendCase[T] {
	return func(v T) *SendCase[T] { return &SendCase[T]{v: v, c: c} }
}

func (s *SendCase[T]) try() bool {
	select {
	case s.c <- s.v:
		return true
	default:
		return false
	}
}

func (s *SendCase[T]) native() reflect.SelectCase {
	v := reflect.ValueOf(&s.v).Elem()
	return reflect.SelectCase{Dir: reflect.SelectSend, Chan: reflect.ValueOf(s.c), Send: v}
}

func (*SendCase[T]) took(reflect.Value, bool) {}

// Select is a select statement: it returns the index of the case that it took,
// or -1 for the default case. Outside an exploration it chooses at random among
// the cases that are ready, as the statement does; in one, the schedule says
// which case it tries first.
func Select(hasDefault bool, cases ...Case) int {
	if g, first := beforeSelect(len(cases)); g != nil {
		for i := range cases {
			if k := (first + i) % len(cases); cases[k].try() {
				g.decide(k)
				return k
			}
		}
		if hasDefault {
			g.decide(-1)
			return -1
		}
		k := wait(cases)
		g.decide(k)
		return k
	}
	if hasDefault {
		return poll(cases)
	}
	return wait(cases)
}

// beforeSelect is a yield point that returns the goroutine that calls, nil when
// the choice is not the schedule's, and the case to try first.
//
//go:norace
func beforeSelect(cases int) (g *Goroutine, first int) {
	detector.Off()
	probe.Stay()
	if s := current.Load(); s != nil {
		g = s.reachSelect(cases)
	}
	detector.On()
	if g == nil {
		return nil, 0
	}
	return g, g.Prefer
}

//go:norace
func (s *Schedule) reachSelect(cases int) *Goroutine {
	g := s.self()
	if g == nil {
		return nil
	}
	g.locate("select")
	g.Cases, g.Prefer = cases, 0
	s.stop(g, nil)
	g.Cases = 0
	if s.free() {
		return nil
	}
	return g
}

//go:norace
func (g *Goroutine) decide(k int) { g.Chosen, g.Decided = k, true }

func wait(cases []Case) int {
	native := make([]reflect.SelectCase, len(cases))
	for i, c := range cases {
		native[i] = c.native()
	}
	return choose(cases, native)
}

func poll(cases []Case) int {
	native := make([]reflect.SelectCase, len(cases), len(cases)+1)
	for i, c := range cases {
		native[i] = c.native()
	}
	if k := choose(cases, append(native, reflect.SelectCase{Dir: reflect.SelectDefault})); k < len(cases) {
		return k
	}
	return -1
}

func choose(cases []Case, native []reflect.SelectCase) int {
	k, v, ok := reflect.Select(native)
	if k < len(cases) {
		cases[k].took(v, ok)
	}
	return k
}
