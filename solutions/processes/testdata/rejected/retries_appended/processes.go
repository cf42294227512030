// Rejected: TestResultsInOrder fail: a job that failed is appended to the caller's slice

// Package processes spreads jobs over child processes, as Python's
// multiprocessing does.
package processes

import (
	"context"
	"sync"
)

// Process is a child process that does jobs.
type Process interface {
	// Call does one job; one at a time. An error means that the process is
	// broken.
	Call(job string) (string, error)
	// Kill ends the process, also while Call runs, which then returns an error.
	Kill()
	// Wait waits for the process's end. Call it after Kill.
	Wait() error
}

// Spawn starts a process.
type Spawn func(ctx context.Context) (Process, error)

// Map does jobs on at most n processes.
func Map(ctx context.Context, n int, spawn Spawn, jobs []string) ([]string, error) {
	if n < 1 {
		panic("processes: n must be at least 1")
	}
	if spawn == nil {
		panic("processes: no spawn")
	}
	p := &pool{ctx: ctx, spawn: spawn, jobs: jobs, left: len(jobs), out: make([]string, len(jobs))}
	p.changed.L = &p.mu
	for i := range jobs {
		p.queue = append(p.queue, task{job: i, result: i})
	}
	watched := make(chan struct{})
	over := make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-ctx.Done():
			p.end(ctx.Err())
		case <-over:
		}
	}()
	var wg sync.WaitGroup
	for range min(n, len(jobs)) {
		wg.Go(p.work)
	}
	wg.Wait()
	close(over)
	<-watched
	if p.err != nil {
		return nil, p.err
	}
	return p.out, nil
}

type task struct{ job, result, failures int }

type running struct {
	Process
	killed bool
}

type pool struct {
	ctx      context.Context
	spawn    Spawn
	spawning sync.Mutex // one spawn at a time

	mu      sync.Mutex
	changed sync.Cond
	jobs    []string
	queue   []task // a job that failed goes to the end
	left    int
	out     []string
	err     error
	alive   []*running
}

func (p *pool) end(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = err
		if p.ctx.Err() != nil {
			p.err = p.ctx.Err()
		}
	}
	for _, r := range p.alive {
		p.kill(r)
	}
	p.changed.Broadcast()
}

func (p *pool) kill(r *running) {
	if !r.killed {
		r.killed = true
		r.Kill()
	}
}

func (p *pool) next() (task, string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.err == nil && p.left > 0 && len(p.queue) == 0 {
		p.changed.Wait()
	}
	if p.err != nil || p.left == 0 {
		return task{}, "", false
	}
	t := p.queue[0]
	p.queue = p.queue[1:]
	return t, p.jobs[t.job], true
}

func (p *pool) work() {
	var r *running
	for {
		t, text, ok := p.next()
		if !ok {
			break
		}
		if r == nil {
			r = p.start()
			if r == nil {
				break
			}
		}
		out, err := r.Call(text)
		if err != nil {
			t.failures++
			if t.failures > 1 {
				p.end(err)
			}
			p.close(r)
			r = nil
			if t.failures > 1 {
				break
			}
		}
		p.mu.Lock()
		if err != nil {
			p.jobs = append(p.jobs, text)
			t.job = len(p.jobs) - 1
			p.queue = append(p.queue, t)
		} else {
			p.out[t.result] = out
			p.left--
		}
		p.changed.Broadcast()
		p.mu.Unlock()
	}
	if r != nil {
		p.close(r)
	}
}

func (p *pool) close(r *running) {
	p.mu.Lock()
	p.kill(r)
	p.mu.Unlock()
	r.Wait()
}

func (p *pool) start() *running {
	p.spawning.Lock()
	defer p.spawning.Unlock()
	p.mu.Lock()
	ended := p.err != nil
	p.mu.Unlock()
	if ended {
		return nil
	}
	process, err := p.spawn(p.ctx)
	if err != nil {
		p.end(err)
		return nil
	}
	r := &running{Process: process}
	p.mu.Lock()
	p.alive = append(p.alive, r)
	if p.err != nil {
		p.kill(r)
	}
	p.mu.Unlock()
	return r
}
