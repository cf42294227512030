// Rejected: TestGoroutines leak: what follows ctx is not let go of when there are no items.

package cpubound

import (
	"context"
	"runtime"
	"sync"
)

type job[I, O any] struct {
	ctx  context.Context
	in   []I
	out  []O
	f    func(I) O
	free func() // lets go of ctx

	mu   sync.Mutex
	next int
}

// Map calls f for every item of in and returns the results in the order of in.
func Map[I, O any](ctx context.Context, workers int, in []I, f func(I) O) ([]O, error) {
	j := begin[I, O](ctx, in, f)
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	if workers = min(workers, len(in)); workers == 0 {
		return j.results()
	}
	defer j.free()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(j.work)
	}
	wg.Wait()
	return j.results()
}

func begin[I, O any](ctx context.Context, in []I, f func(I) O) *job[I, O] {
	if f == nil {
		panic("cpubound: Map needs a function to call")
	}
	j := &job[I, O]{ctx: ctx, in: in, out: make([]O, len(in)), f: f}
	dropped := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(dropped)
		j.drop()
	})
	j.free = func() {
		if !stop() {
			<-dropped
		}
	}
	return j
}

func (j *job[I, O]) results() ([]O, error) {
	if err := j.ctx.Err(); err != nil {
		return nil, err
	}
	return j.out, nil
}

func (j *job[I, O]) drop() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.next = len(j.in)
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

func (j *job[I, O]) take() (int, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ctx.Err() != nil || j.next == len(j.in) {
		return 0, false
	}
	j.next++
	return j.next - 1, true
}
