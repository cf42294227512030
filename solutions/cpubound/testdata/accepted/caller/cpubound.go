// Accepted: the caller works too; a mutex guards what is left of the items.

package cpubound

import (
	"context"
	"runtime"
	"sync"
)

type job[I, O any] struct {
	ctx  context.Context
	mu   sync.Mutex
	next int
	in   []I
	out  []O
	f    func(I) O
}

func (j *job[I, O]) take() (int, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ctx.Err() != nil || j.next == len(j.in) {
		return 0, false
	}
	j.next++
	return j.next - 1, true
}

func (j *job[I, O]) work() {
	for {
		i, ok := j.take()
		if !ok {
			return
		}
		j.out[i] = j.f(j.in[i])
	}
}

func Map[I, O any](ctx context.Context, workers int, in []I, f func(I) O) ([]O, error) {
	if f == nil {
		panic("cpubound: nil f")
	}
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	j := &job[I, O]{ctx: ctx, in: in, out: make([]O, len(in)), f: f}
	done := make(chan struct{})
	helpers := max(min(workers, len(in))-1, 0)
	for range helpers {
		go func() {
			j.work()
			done <- struct{}{}
		}()
	}
	j.work()
	for range helpers {
		<-done
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return j.out, nil
}
