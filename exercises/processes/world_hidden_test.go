//go:build hidden

package processes_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/processes"
)

var (
	errBroken = errors.New("the process is broken")
	errBefore = errors.New("the process was broken before")
	errKilled = errors.New("the process was killed")
	errWait   = errors.New("exit status 1")
	errSpawn  = errors.New("no more processes")
	errReason = errors.New("the caller's reason")
)

// world makes processes and keeps a book about them.
type world struct {
	call      func(job string) (time.Duration, error) // how long a job takes, and how it fails
	spawn     func(nth int) (time.Duration, error)    // the same of the nth spawn, from 1
	says      func(job string) string                 // the answer to a job; nil: answer
	wait      time.Duration                           // how long Wait takes
	waitGives error                                   // as a killed process's Wait does
	step      func()                                  // a yield point; nil: none

	probe.Gauge // of processes: in from the start of spawn until Wait has returned
	calling     probe.Gauge
	all         probe.Log[*process]
	jobs        probe.Log[string]
	killed      probe.Log[time.Time]
}

type process struct {
	*world
	gone               chan struct{} // closed by Kill
	kills, waits, busy probe.Gauge
	early              probe.Gauge // Wait before Kill
	broken, again      probe.Gauge // Calls that failed, and those that came after one
}

func (w *world) yield() {
	if w.step != nil {
		w.step()
	}
}

// Spawn is a processes.Spawn that does not look at its ctx.
func (w *world) Spawn(context.Context) (processes.Process, error) {
	nth := w.Next()
	w.yield()
	if w.spawn != nil {
		after, err := w.spawn(nth)
		time.Sleep(after)
		if err != nil {
			w.Leave()
			return nil, err
		}
	}
	p := &process{world: w, gone: make(chan struct{})}
	w.all.Add(p)
	return sealed{p}, nil
}

// sealed is the methods of a Process and no others: a candidate must not reach the
// books.
type sealed struct{ processes.Process }

// fails has each job take d and fail as many times as times says.
func (w *world) fails(d time.Duration, times map[string]int) {
	w.call = func(job string) (time.Duration, error) {
		tries := len(slices.DeleteFunc(w.jobs.All(), func(tried string) bool { return tried != job }))
		if tries <= times[job] {
			return d, errBroken
		}
		return d, nil
	}
}

// Call answers job with itself in brackets, where w says nothing else.
func (p *process) Call(job string) (string, error) {
	p.busy.Enter()
	defer p.busy.Leave()
	p.calling.Enter()
	defer p.calling.Leave()
	p.jobs.Add(job)
	if p.broken.Total() > 0 {
		p.again.Enter()
	}
	p.yield()
	after, err := p.call(job)
	if p.endsWithin(after) {
		return "", errKilled
	}
	if err != nil {
		p.broken.Enter()
		return "", err
	}
	if p.says != nil {
		return p.says(job), nil
	}
	return answer(job), nil
}

// endsWithin waits for d and says whether p was killed meanwhile. No timer for no
// time: an explorer lets timers fire only when nothing else can go on.
func (p *process) endsWithin(d time.Duration) bool {
	if d == 0 {
		return p.kills.Total() > 0
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return false
	case <-p.gone:
		return true
	}
}

// answer is empty for an empty job.
func answer(job string) string {
	if job == "" {
		return ""
	}
	return "[" + job + "]"
}

func answers(jobs []string) (all []string) {
	for _, job := range jobs {
		all = append(all, answer(job))
	}
	return all
}

func (p *process) Kill() {
	p.yield()
	if p.kills.Next() == 1 {
		p.killed.Add(time.Now())
		close(p.gone)
	}
	p.yield()
}

func (p *process) Wait() error {
	if p.kills.Total() == 0 {
		p.early.Enter()
	}
	if p.waits.Next() > 1 {
		return errKilled
	}
	p.yield()
	time.Sleep(p.wait)
	p.Leave()
	return p.waitGives
}

// complaint says what is wrong with how processes were treated, and which sentence
// of the contract forbids it.
func (w *world) complaint() (contract int, text string) {
	for i, p := range w.all.All() {
		who := fmt.Sprintf("process %d of %d", i+1, w.all.Len())
		switch {
		case p.busy.Peak() > 1:
			return 1, fmt.Sprintf("%s got %d Calls at once", who, p.busy.Peak())
		case p.again.Total() > 0:
			return 2, who + " got another job although its Call had failed"
		case p.kills.Total() != 1:
			return 3, fmt.Sprintf("%s was killed %d times, not once", who, p.kills.Total())
		case p.early.Total() > 0:
			return 3, who + " was waited for before it was killed"
		case p.waits.Total() == 0:
			return 3, who + " was killed, but never waited for"
		case p.waits.Total() > 1:
			return 3, fmt.Sprintf("%s was waited for %d times, not once", who, p.waits.Total())
		}
	}
	if w.In() > 0 {
		return 3, "Map returned while a spawn or a Wait was under way"
	}
	return 0, ""
}

// clean fails t when w's processes were not treated as the contract says.
func (w *world) clean(t testing.TB, when string) {
	t.Helper()
	if contract, text := w.complaint(); text != "" {
		probe.Failf(t, contract, "%s, %s", when, text)
	}
}

// mistreated fails s when w's processes were not treated as the contract says.
func (w *world) mistreated(s *explore.S) bool {
	contract, text := w.complaint()
	if text != "" {
		s.Failf(contract, "%s", text)
	}
	return text != ""
}

func takes(d time.Duration) func(string) (time.Duration, error) {
	return func(string) (time.Duration, error) { return d, nil }
}

// kind is err's name in these tests.
func kind(err error) string {
	return probe.ErrorName(err,
		probe.Named{Name: "the Call's error", Err: errBroken},
		probe.Named{Name: "the error of the first try's Call", Err: errBefore},
		probe.Named{Name: "the spawn's error", Err: errSpawn},
		probe.Named{Name: "the error of Wait", Err: errWait},
		probe.Named{Name: "the error of a killed process", Err: errKilled, Alone: true})
}

// list makes jobs.
func list(n int) (jobs []string) {
	for i := range n {
		jobs = append(jobs, fmt.Sprint("job ", i))
	}
	return jobs
}
