package sync

import (
	"sync"

	"gorutinas/exercises/internal/explore/point"
)

// Pool behaves as [sync.Pool].
type Pool struct {
	_ noCopy
	p sync.Pool

	// New makes a value when Get finds none.
	New func() any
}

// Put adds x.
func (p *Pool) Put(x any) {
	point.At("Put")
	p.p.Put(x)
}

// Get takes a value out, or returns that of New, or nil.
func (p *Pool) Get() any {
	point.At("Get")
	if x := p.p.Get(); x != nil {
		return x
	}
	if p.New != nil {
		return p.New()
	}
	return nil
}
