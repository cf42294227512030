// Rejected: TestCancel fail: the error is context.Canceled, also when ctx's deadline came.

package processes

import (
	"context"
	"sync"
)

type Process interface {
	Call(job string) (string, error)
	Kill()
	Wait() error
}

type Spawn func(ctx context.Context) (Process, error)

func Map(ctx context.Context, n int, spawn Spawn, jobs []string) ([]string, error) {
	if n < 1 || spawn == nil {
		panic("processes: Map needs n > 0 and a spawn")
	}
	ctx, cancel := context.WithCancel(ctx)
	m := &mapping{ctx: ctx, cancel: cancel, spawn: spawn, jobs: jobs, results: make([]string, len(jobs)), running: map[*worker]bool{}}
	var workers, killer sync.WaitGroup
	killer.Go(func() {
		<-ctx.Done()
		m.killAll()
	})
	for range min(n, len(jobs)) {
		workers.Go(func() { m.work() })
	}
	workers.Wait()
	err := m.failure()
	cancel()
	killer.Wait()
	if err != nil {
		return nil, err
	}
	return m.results, nil
}

type mapping struct {
	ctx     context.Context
	cancel  context.CancelFunc
	spawn   Spawn
	jobs    []string
	results []string

	mu      sync.Mutex
	next    int
	running map[*worker]bool
	err     error
}

type worker struct {
	process Process
	kill    sync.Once
}

func (w *worker) end() {
	w.kill.Do(w.process.Kill)
	w.process.Wait()
}

func (m *mapping) failure() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err == nil && m.ctx.Err() != nil {
		return context.Canceled
	}
	return m.err
}

func (m *mapping) stop(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err == nil && m.ctx.Err() == nil {
		m.err = err
		m.cancel()
	}
}

func (m *mapping) killAll() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for w := range m.running {
		w.kill.Do(w.process.Kill)
	}
}

func (m *mapping) take() (job int, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.next == len(m.jobs) || m.ctx.Err() != nil {
		return 0, false
	}
	m.next++
	return m.next - 1, true
}

func (m *mapping) work() {
	var w *worker
	defer func() {
		if w != nil {
			m.remove(w)
		}
	}()
	for job, ok := m.take(); ok; job, ok = m.take() {
		for failures := 0; ; {
			if w == nil {
				if w = m.start(); w == nil {
					return
				}
			}
			result, err := w.process.Call(m.jobs[job])
			if err == nil {
				m.results[job] = result
				break
			}
			if failures++; failures == 2 {
				m.stop(err)
			}
			m.remove(w)
			w = nil
			if m.ctx.Err() != nil {
				return
			}
		}
	}
}

func (m *mapping) start() *worker {
	if m.ctx.Err() != nil {
		return nil
	}
	p, err := m.spawn(m.ctx)
	if err != nil {
		m.stop(err)
		return nil
	}
	w := &worker{process: p}
	m.mu.Lock()
	late := m.ctx.Err() != nil
	if !late {
		m.running[w] = true
	}
	m.mu.Unlock()
	if late {
		w.end()
		return nil
	}
	return w
}

func (m *mapping) remove(w *worker) {
	w.end()
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.running, w)
}
