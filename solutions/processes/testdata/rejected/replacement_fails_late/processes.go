// Rejected: TestFailures fail: when the spawn of a replacement fails, Map waits for the jobs that run, and nobody kills their processes.

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

// Map does jobs on at most n processes at a time and returns the results in the
// order of jobs.
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
	err := m.failure() // before cancel, which would look like the end of the caller's ctx
	cancel()
	killer.Wait()
	if err != nil {
		return nil, err
	}
	return m.results, nil
}

// mapping is one call of Map.
type mapping struct {
	ctx     context.Context
	cancel  context.CancelFunc
	spawn   Spawn
	jobs    []string
	results []string // each written by the worker that has its job

	mu      sync.Mutex
	next    int              // the first job that nobody has taken
	running map[*worker]bool // those that have a process
	err     error            // the failure that ended Map
}

// worker keeps at most one process.
type worker struct {
	process Process
	kill    sync.Once
}

func (w *worker) end() {
	w.kill.Do(w.process.Kill)
	w.process.Wait()
}

// failure returns what ended m, nil when nothing did.
func (m *mapping) failure() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err == nil {
		return m.ctx.Err()
	}
	return m.err
}

// stop ends m with err, unless ctx has ended it before: the errors of Calls that
// ctx broke off are only its consequence.
func (m *mapping) stop(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err == nil && m.ctx.Err() == nil {
		m.err = err
		m.cancel()
	}
}

// note has Map return err when the jobs that run are done.
func (m *mapping) note(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err == nil && m.ctx.Err() == nil {
		m.err = err
	}
}

func (m *mapping) killAll() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for w := range m.running {
		w.kill.Do(w.process.Kill)
	}
}

// take returns the number of a job that nobody has.
func (m *mapping) take() (job int, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.next == len(m.jobs) || m.err != nil || m.ctx.Err() != nil {
		return 0, false
	}
	m.next++
	return m.next - 1, true
}

// work does jobs on one process after another, of which only the last one is
// running.
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
				failed := m.stop
				if failures > 0 {
					failed = m.note
				}
				if w = m.start(failed); w == nil {
					return
				}
			}
			result, err := w.process.Call(m.jobs[job])
			if err == nil {
				m.results[job] = result
				break
			}
			if failures++; failures == 2 {
				m.stop(err) // before the wait for this process: the others are killed at once
			}
			m.remove(w) // before its successor starts: never more than n
			w = nil
			if m.ctx.Err() != nil {
				return
			}
		}
	}
}

// start spawns a process. It returns nil when m has ended; a process that comes
// too late is ended here.
func (m *mapping) start(failed func(error)) *worker {
	if m.ctx.Err() != nil {
		return nil
	}
	p, err := m.spawn(m.ctx)
	if err != nil {
		failed(err)
		return nil
	}
	w := &worker{process: p}
	m.mu.Lock()
	late := m.ctx.Err() != nil
	if !late {
		m.running[w] = true // from here on killAll finds it
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
