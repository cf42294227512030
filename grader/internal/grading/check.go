package grading

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"time"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/judge"
	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/sandbox"
)

// Options vary how a check is run, for the kit's own exam.
type Options struct {
	Seed  uint64   // 0: the grader's
	Procs int      // GOMAXPROCS; 0: as it comes
	Count int      // how often the test runs in its process; 0: once
	Env   []string // variables for the process, beyond those of every run

	Hurry int // divides the times that a run may take; 0: as the grader's limits say
}

// Outcome is what a check found.
type Outcome struct {
	results.Check
	Flags  []string // kinds of what an instructor should look at
	Runs   int      // how often the test came to its end; 0 when its process ended before
	Passed int      // how many of those passed
}

// Check runs one check of a prepared candidate, in a process of its own. Those of
// one candidate run one after the other; a copy of p is another candidate.
func (g *Grader) Check(ctx context.Context, p *Prepared, c catalog.Check, o Options) (Outcome, error) {
	found := Outcome{Check: results.Check{Name: c.Name, Kind: c.Kind, Points: c.Points}}
	o.Count = max(1, o.Count)
	limits := longer(g.Limits, o.Count)
	limits.CPU /= time.Duration(max(1, o.Hurry))
	limits.Wall /= time.Duration(max(1, o.Hurry))
	var run judge.Run
	var j judge.Judgement
	attempt := func() (err error) {
		if run, err = g.run(ctx, p, c, o, limits); err == nil {
			j = judge.Judge(run)
		}
		return err
	}
	err := g.holding(ctx, 1, attempt)
	if err == nil && j.Verdict == results.Infra && p.undecided < enough {
		limits.Wall *= patience
		err = g.alone(ctx, attempt)
	}
	if err != nil {
		return found, err
	}
	p.undecided++
	if j.Verdict != results.Infra {
		p.undecided = 0
	}
	found.Verdict, found.Code, found.Args = j.Verdict, j.Code, j.Args
	found.File, found.Line, found.Schedule = j.File, j.Line, j.Schedule
	found.Output, found.ElapsedMS = j.Output, run.Result.Wall.Milliseconds()
	found.Flags, found.Runs, found.Passed = j.Flags, j.Runs, j.Passed
	if j.Verdict == results.Pass {
		found.Score = c.Points
	}
	return found, nil
}

// raceOptions ends a process at its first race, and at once: by default the
// detector sleeps for a second at every exit.
const raceOptions = "GORACE=atexit_sleep_ms=0 halt_on_error=1"

func (g *Grader) run(ctx context.Context, p *Prepared, c catalog.Check, o Options, limits sandbox.Limits) (judge.Run, error) {
	run := judge.Run{
		Exercise: p.Exercise.Name, Files: p.Files, Check: c.Name,
		Nonce: rand.Text(), Limits: limits,
	}
	if o.Seed == 0 {
		o.Seed = g.Seed
	}
	orders, err := json.Marshal(judge.Orders{Nonce: run.Nonce, Seed: o.Seed})
	if err != nil {
		return run, err
	}
	cmd := sandbox.Command{
		Path:   p.binary,
		Args:   []string{"-probe.grader", "-test.run=^" + c.Name + "$", "-test.timeout=0", fmt.Sprintf("-test.count=%d", o.Count)},
		Env:    []string{raceOptions},
		Input:  orders,
		Limits: limits,
	}
	if isMemory(c) {
		cmd.Path, cmd.Env = p.quiet, nil
	}
	cmd.Env = append(cmd.Env, o.Env...)
	if o.Procs > 0 {
		cmd.Env = append(cmd.Env, fmt.Sprintf("GOMAXPROCS=%d", o.Procs))
	}
	run.Result, err = g.Box.Run(ctx, cmd)
	return run, err
}
