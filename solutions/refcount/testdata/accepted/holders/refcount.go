// Accepted: one lock for all references, a list of holders, and a value that is let go of before free.

package refcount

import (
	"errors"
	"sync"
)

var errGone = errors.New("refcount: Release of a reference that is gone")

// shared guards the holders of all references.
var shared sync.RWMutex

type Ref[T any] struct {
	held    *T // nil once it has been freed
	free    func(T)
	holders []struct{} // one each
}

func New[T any](value T, free func(T)) *Ref[T] {
	if free == nil {
		panic(errors.New("refcount: New without free"))
	}
	return &Ref[T]{held: &value, free: free, holders: make([]struct{}, 1)}
}

func (r *Ref[T]) Acquire() (value T, ok bool) {
	shared.Lock()
	defer shared.Unlock()
	if r.held == nil {
		return value, false
	}
	r.holders = append(r.holders, struct{}{})
	return *r.held, true
}

func (r *Ref[T]) Release() {
	if gone := r.let(); gone != nil {
		r.free(*gone)
	}
}

// let returns the value when nobody is left to hold it.
func (r *Ref[T]) let() (gone *T) {
	shared.Lock()
	defer shared.Unlock()
	if r.held == nil {
		panic(errGone)
	}
	r.holders = r.holders[1:]
	if len(r.holders) == 0 {
		gone, r.held = r.held, nil
	}
	return gone
}

func (r *Ref[T]) Count() int {
	shared.RLock()
	defer shared.RUnlock()
	return len(r.holders)
}
