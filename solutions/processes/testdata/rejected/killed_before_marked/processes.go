// Rejected: TestEverySchedule fail: a process that comes between the kills and the mark that Map is over is not killed.

package processes

import (
	"context"
	"sync"
)

type proc struct {
	Process
	once sync.Once
}

func (p *proc) end() { p.once.Do(p.Kill) }

type run struct {
	mu    sync.Mutex
	procs map[*proc]bool
	next  int
	err   error // why Map ends
}

// fail ends Map with err, unless it has been ended before.
func (r *run) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return
	}
	for p := range r.procs {
		p.end()
	}
	r.mu.Unlock()
	r.mu.Lock()
	r.err = err
}

func (r *run) over() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err != nil
}

func Map(ctx context.Context, n int, spawn Spawn, jobs []string) ([]string, error) {
	if n < 1 {
		panic("processes: n < 1")
	}
	if spawn == nil {
		panic("processes: spawn is nil")
	}
	r := &run{procs: map[*proc]bool{}}
	out := make([]string, len(jobs))
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		r.fail(ctx.Err())
	})
	start := func() *proc {
		if ctx.Err() != nil || r.over() {
			return nil
		}
		q, err := spawn(ctx)
		if err != nil {
			if ctx.Err() != nil {
				err = ctx.Err()
			}
			r.fail(err)
			return nil
		}
		p := &proc{Process: q}
		r.mu.Lock()
		r.procs[p] = true
		dead := r.err != nil
		r.mu.Unlock()
		if dead {
			p.end()
		}
		return p
	}
	reap := func(p *proc) {
		if p == nil {
			return
		}
		p.end()
		p.Wait()
		r.mu.Lock()
		delete(r.procs, p)
		r.mu.Unlock()
	}
	var wg sync.WaitGroup
	for range min(n, len(jobs)) {
		wg.Go(func() {
			var p *proc
			defer func() { reap(p) }()
			for {
				r.mu.Lock()
				i := r.next
				r.next++
				stop := i >= len(jobs) || r.err != nil
				r.mu.Unlock()
				if stop || ctx.Err() != nil {
					return
				}
				for try := 0; ; try++ {
					if p == nil {
						if p = start(); p == nil {
							return
						}
					}
					if r.over() {
						return
					}
					s, err := p.Call(jobs[i])
					if err == nil {
						out[i] = s
						break
					}
					if e := ctx.Err(); e != nil {
						r.fail(e)
						return
					}
					if try == 1 {
						r.fail(err)
						return
					}
					reap(p)
					p = nil
				}
			}
		})
	}
	wg.Wait()
	if !stop() {
		<-ended
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if r.err != nil {
		return nil, r.err
	}
	return out, nil
}

// Process is a child process that does jobs.
type Process interface {
	Call(job string) (string, error)
	Kill()
	Wait() error
}

// Spawn starts a process.
type Spawn func(ctx context.Context) (Process, error)
