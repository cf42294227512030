// Package edges has pairs of goroutines that touch a variable in an order that
// a primitive establishes, or does not.
package edges

import (
	"gorutinas/exercises/internal/explore/atomic"
	"gorutinas/exercises/internal/explore/sync"
)

// Pair is two goroutines. Only if Ordered, what First does to a variable
// happens before what Second does, whenever First comes first.
type Pair struct {
	Name    string
	Ordered bool
	Overlap bool // First and Second must overlap for the race to show
	Make    func(touch func()) (first, second func())
}

// Pairs has a pair for every edge of sync and sync/atomic, and for some that
// one might think there are.
var Pairs = []Pair{
	{"nothing", false, false, func(touch func()) (func(), func()) { return touch, touch }},
	{"Mutex", true, false, func(touch func()) (func(), func()) {
		var mu sync.Mutex
		f := func() { mu.Lock(); defer mu.Unlock(); touch() }
		return f, f
	}},
	{"two Mutexes", false, false, func(touch func()) (func(), func()) {
		var a, b sync.Mutex
		return locked(&a, touch), locked(&b, touch)
	}},
	{"touched before Lock", false, false, func(touch func()) (func(), func()) {
		var mu sync.Mutex
		return locked(&mu, touch), func() { touch(); mu.Lock(); mu.Unlock() }
	}},
	{"writer to reader", true, false, func(touch func()) (func(), func()) {
		var mu sync.RWMutex
		return locked(&mu, touch), locked(mu.RLocker(), touch)
	}},
	{"reader to writer", true, false, func(touch func()) (func(), func()) {
		var mu sync.RWMutex
		return locked(mu.RLocker(), touch), locked(&mu, touch)
	}},
	{"reader to reader", false, false, func(touch func()) (func(), func()) {
		var mu sync.RWMutex
		return locked(mu.RLocker(), touch), locked(mu.RLocker(), touch)
	}},
	{"TryLock", true, false, func(touch func()) (func(), func()) {
		var mu sync.Mutex
		f := func() {
			if mu.TryLock() {
				touch()
				mu.Unlock()
			}
		}
		return f, f
	}},
	{"failed TryLock", false, true, func(touch func()) (func(), func()) {
		var mu sync.Mutex
		return func() { mu.Lock(); touch(); mu.Unlock() }, func() {
			if mu.TryLock() {
				mu.Unlock()
				return
			}
			touch()
		}
	}},
	{"Once", true, false, func(touch func()) (func(), func()) {
		var once sync.Once
		return func() { once.Do(touch) }, func() { once.Do(touch); touch() }
	}},
	{"WaitGroup", true, false, func(touch func()) (func(), func()) {
		var wg sync.WaitGroup
		wg.Add(1)
		return func() { touch(); wg.Done() }, func() { wg.Wait(); touch() }
	}},
	{"Done to Done", false, false, func(touch func()) (func(), func()) {
		var wg sync.WaitGroup
		wg.Add(2)
		return func() { touch(); wg.Done() }, func() { wg.Done(); touch() }
	}},
	{"Signal alone", false, false, func(touch func()) (func(), func()) {
		c := sync.NewCond(nowhere{})
		return func() { touch(); c.Signal(); c.Broadcast() }, func() { c.Signal(); touch() }
	}},
	{"atomic Store to Load", true, false, func(touch func()) (func(), func()) {
		var set atomic.Bool
		return func() { touch(); set.Store(true) }, func() {
			if set.Load() {
				touch()
			}
		}
	}},
	{"Load to Load", false, false, func(touch func()) (func(), func()) {
		var set atomic.Bool
		f := func() { set.Load(); touch(); set.Load() }
		return f, f
	}},
	{"Map", true, false, func(touch func()) (func(), func()) {
		var m sync.Map
		return func() { touch(); m.Store(1, 1) }, func() {
			if _, ok := m.Load(1); ok {
				touch()
			}
		}
	}},
}

func locked(l sync.Locker, f func()) func() {
	return func() {
		l.Lock()
		defer l.Unlock()
		f()
	}
}

// nowhere is a Locker that locks nothing.
type nowhere struct{}

func (nowhere) Lock()   {}
func (nowhere) Unlock() {}
