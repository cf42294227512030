package bugs

import (
	"context"
	"errors"
	"time"

	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/explore/sync"
)

// ErrClosed says that a queue is closed.
var ErrClosed = errors.New("closed")

// ClosingQueue may send on a closed channel.
type ClosingQueue struct {
	mu     sync.Mutex
	closed bool
	C      chan int
}

func (q *ClosingQueue) Put(v int) error {
	q.mu.Lock()
	closed := q.closed
	q.mu.Unlock()
	if closed {
		return ErrClosed
	}
	point.At("send")
	q.C <- v
	return nil
}

func (q *ClosingQueue) Close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.closed = true
		point.At("close")
		close(q.C)
	}
}

// IfBox waits with if where it takes a for.
type IfBox struct {
	mu   sync.Mutex
	some *sync.Cond
	v    []int
}

func NewIfBox() *IfBox {
	b := new(IfBox)
	b.some = sync.NewCond(&b.mu)
	return b
}

func (b *IfBox) Put(v int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.v = append(b.v, v)
	b.some.Broadcast()
}

func (b *IfBox) Take() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.v) == 0 {
		b.some.Wait()
	}
	v := b.v[0]
	b.v = b.v[1:]
	return v
}

// Box is the right one.
type Box struct{ IfBox }

func NewBox() *Box {
	b := new(Box)
	b.some = sync.NewCond(&b.mu)
	return b
}

func (b *Box) Take() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.v) == 0 {
		b.some.Wait()
	}
	v := b.v[0]
	b.v = b.v[1:]
	return v
}

// First returns the first result, and leaves the others' goroutines behind
// unless there is room for their results.
func First(ctx context.Context, room int, fs ...func() int) (int, error) {
	c := make(chan int, room)
	for _, f := range fs {
		go func() {
			point.At("start")
			v := f()
			point.At("send")
			c <- v
		}()
		point.At("go")
	}
	k0, k1 := point.Recv(c), point.Recv(ctx.Done())
	switch point.Select(false, k0, k1) {
	case 0:
		return k0.Value, nil
	case 1:
		return 0, ctx.Err()
	default:
		panic("unreachable")
	}
}

// EarlyPool gives its place back before the job has run; Pool after.
func EarlyPool(limit int, jobs ...func()) {
	pool(limit, jobs, func(job func(), release func()) { release(); job() })
}

func Pool(limit int, jobs ...func()) {
	pool(limit, jobs, func(job func(), release func()) { job(); release() })
}

func pool(limit int, jobs []func(), run func(job, release func())) {
	places := make(chan struct{}, limit)
	var wg sync.WaitGroup
	for _, job := range jobs {
		point.At("send")
		places <- struct{}{}
		wg.Go(func() {
			run(job, func() {
				point.At("receive")
				<-places
			})
		})
	}
	wg.Wait()
}

// Either prefers neither of two values, of which one is forgotten.
func Either(a, b <-chan int) int {
	k0, k1 := point.Recv(a), point.Recv(b)
	switch point.Select(false, k0, k1) {
	case 0:
		return k0.Value
	case 1:
		return k1.Value
	default:
		panic("unreachable")
	}
}

// FirstTimer returns which of two timers fires first.
func FirstTimer(a, b time.Duration) int {
	k0, k1 := point.Recv(time.After(a)), point.Recv(time.After(b))
	switch point.Select(false, k0, k1) {
	case 0:
		return 1
	case 1:
		return 2
	default:
		panic("unreachable")
	}
}

// AddInside adds to its group on the new goroutine, which may be too late.
func AddInside(f func()) {
	var wg sync.WaitGroup
	go func() {
		point.At("start")
		wg.Add(1)
		defer wg.Done()
		f()
	}()
	point.At("go")
	wg.Wait()
}

// Recursive reads while it reads, which a writer in between turns into a
// deadlock.
type Recursive struct {
	mu sync.RWMutex
	n  int
}

func (r *Recursive) Get() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.get()
}

func (r *Recursive) get() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.n
}

func (r *Recursive) Inc() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.n++
}
