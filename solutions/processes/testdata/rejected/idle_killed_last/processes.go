// Rejected: TestFailures fail: processes without a job are killed only when the others have ended

// Package processes spreads jobs over child processes, as Python's
// multiprocessing does.
package processes

import (
	"context"
	"slices"
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

// Map does jobs on at most n processes; one goroutine decides everything, and
// each process has one that only waits.
func Map(ctx context.Context, n int, spawn Spawn, jobs []string) ([]string, error) {
	if n < 1 || spawn == nil {
		panic("processes: bad arguments")
	}
	results := make([]string, len(jobs))
	d := dispatcher{ctx: ctx, spawn: spawn, events: make(chan event), tries: make([]int, len(jobs))}
	for i := range jobs {
		d.queue = append(d.queue, i)
	}
	quit := ctx.Done()
	for {
		for d.err == nil && len(d.queue) > 0 && (len(d.idle) > 0 || d.open < n) {
			d.dispatch(jobs)
		}
		if d.err != nil || d.busy == 0 && len(d.queue) == 0 {
			d.killAll()
			quit = nil
		}
		if d.open == 0 {
			break
		}
		select {
		case <-quit:
			d.err = ctx.Err()
		case e := <-d.events:
			d.handle(e, results)
		}
	}
	if d.err != nil {
		return nil, d.err
	}
	return results, nil
}

type event struct {
	p       Process
	job     int // -1: nothing but the process's end
	result  string
	err     error
	spawned bool // p is new
	ended   bool
}

type dispatcher struct {
	ctx    context.Context
	spawn  Spawn
	events chan event
	queue  []int
	tries  []int
	idle   []Process
	all    []Process // with a Call or idle, not killed
	open   int       // spawned or being spawned, and not yet waited for
	busy   int       // with a job
	err    error
}

func (d *dispatcher) dispatch(jobs []string) {
	if d.ctx.Err() != nil {
		d.err = d.ctx.Err()
		return
	}
	job := d.queue[0]
	d.queue = d.queue[1:]
	d.busy++
	if k := len(d.idle); k > 0 {
		p := d.idle[k-1]
		d.idle = d.idle[:k-1]
		go d.call(p, job, jobs[job])
		return
	}
	d.open++
	go func() {
		p, err := d.spawn(d.ctx)
		d.events <- event{p: p, job: job, err: err, spawned: true, result: jobs[job]}
	}()
}

func (d *dispatcher) call(p Process, job int, text string) {
	result, err := p.Call(text)
	d.events <- event{p: p, job: job, result: result, err: err}
}

func (d *dispatcher) kill(p Process) {
	for i, q := range d.all {
		if p == q {
			d.all = append(d.all[:i:i], d.all[i+1:]...)
			p.Kill()
		}
	}
}

// bury waits for a killed process without holding up the dispatcher.
func (d *dispatcher) bury(p Process) {
	go func() {
		p.Wait()
		d.events <- event{p: p, job: -1, ended: true}
	}()
}

func (d *dispatcher) killAll() {
	for _, p := range slices.Clone(d.all) {
		if !slices.Contains(d.idle, p) {
			d.kill(p)
		}
	}
	if d.open > len(d.idle) {
		return
	}
	for _, p := range d.idle {
		d.kill(p)
		d.bury(p)
	}
	d.idle = nil
}

func (d *dispatcher) fail(err error) {
	if d.err == nil {
		d.err = err
	}
	if d.ctx.Err() != nil && d.err == err {
		d.err = d.ctx.Err()
	}
}

func (d *dispatcher) handle(e event, results []string) {
	switch {
	case e.ended:
		d.open--
		return
	case e.spawned && e.err != nil:
		d.open--
		d.busy--
		d.fail(e.err)
		return
	case e.spawned:
		d.all = append(d.all, e.p)
		if d.err != nil {
			d.busy--
			d.kill(e.p)
			d.bury(e.p)
			return
		}
		go d.call(e.p, e.job, e.result)
		return
	}
	d.busy--
	if e.err == nil {
		results[e.job] = e.result
		if d.err == nil {
			d.idle = append(d.idle, e.p)
			return
		}
		d.kill(e.p)
		d.bury(e.p)
		return
	}
	d.kill(e.p)
	d.bury(e.p)
	if d.tries[e.job]++; d.tries[e.job] == 2 {
		d.fail(e.err)
		return
	}
	d.queue = append([]int{e.job}, d.queue...)
}
