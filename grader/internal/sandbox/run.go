package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"
)

// launchTime is what the launcher has to become the program.
const launchTime = 30 * time.Second

// Run runs c to its end, to the first limit that it exceeds, or until ctx is
// done, whose error it then returns. No process of the run is alive when Run
// returns. Any other error is one of the machine, never of the program.
func (b *Box) Run(ctx context.Context, c Command) (Result, error) {
	c.Limits = c.Limits.withDefaults()
	// The kernel ends the child when the thread that started it ends.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	r, err := b.start(c)
	if err != nil {
		return Result{}, fmt.Errorf("run %s: %w", c.Path, err)
	}
	defer r.pipes.close()
	if err := r.launched(ctx, c.Path); err != nil {
		err = errors.Join(err, r.end())
		r.pipes.finish()
		return Result{}, err
	}
	return r.watch(ctx, c.Limits)
}

// run is a child from its start to its end.
type run struct {
	*child
	pipes *pipes
	began time.Time     // as the program, not the launcher
	base  time.Duration // processor time of the launcher
}

func (b *Box) start(c Command) (*run, error) {
	p, err := openPipes(c.Limits)
	if err != nil {
		return nil, err
	}
	cmd, program, err := b.command(c)
	if err != nil {
		p.close()
		return nil, err
	}
	defer program.Close()
	cmd.Stdout, cmd.Stderr = p.child[0], p.child[0]
	copy(cmd.ExtraFiles, p.child[1:])
	if err := cmd.Start(); err != nil {
		p.close()
		if b.tier == Full {
			return nil, fmt.Errorf("the kernel gives no new namespaces: %w", err)
		}
		return nil, err
	}
	p.begin(c.Input)
	return &run{child: await(cmd), pipes: p}, nil
}

// launched returns when the launcher has become the program, which closes its
// end of the report, or has said why it cannot.
func (r *run) launched(ctx context.Context, path string) error {
	late := time.NewTimer(launchTime)
	defer late.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-late.C:
		return fmt.Errorf("run %s: the launcher did not start it within %v: try again with less load", path, launchTime)
	case <-r.pipes.report.done:
	}
	if why, _ := r.pipes.report.result(); len(why) > 0 {
		return fmt.Errorf("run %s: %s", path, why)
	}
	r.began = time.Now()
	r.base, _ = cpuTime(r.pid())
	return nil
}

func (r *run) watch(ctx context.Context, l Limits) (Result, error) {
	m := meterOf(r.pid(), r.base)
	defer m.close()
	w := &watch{limits: l, meter: m, exited: r.exited, over: r.pipes.out.over, start: r.began}
	reason, err := w.wait(ctx)
	if reason == CPU || reason == Blocked {
		r.pipes.out.grow(dumpCap)
		quit(r.pid())
		w.dumped(ctx)
	}
	wall := time.Since(r.began)
	if undead := r.end(); undead != nil {
		return Result{}, undead
	}
	r.pipes.finish()
	if err != nil || ctx.Err() != nil {
		return Result{}, ctx.Err()
	}
	if reason == "" {
		reason = r.late(m, w, l)
	}
	return r.result(reason, wall, w.peak), nil
}

// late finds the limit that ended a program before the watch saw it.
func (r *run) late(m *runMeter, w *watch, l Limits) Reason {
	if _, cut := r.pipes.out.result(); cut {
		return Output
	}
	if m.diskFull() {
		return Disk
	}
	return diedOf(r.cmd.ProcessState, w.peak, l)
}

func (r *run) result(reason Reason, wall time.Duration, peak int64) Result {
	state := r.cmd.ProcessState
	res := Result{
		Exit:   state.ExitCode(),
		Signal: signalOf(state),
		Killed: reason,
		Wall:   wall,
		CPU:    max(0, state.UserTime()+state.SystemTime()-r.base),
		MaxRSS: peak,
	}
	res.Output, res.Truncated = r.pipes.out.result()
	res.Record, _ = r.pipes.record.result()
	return res
}

// self is this binary, which is its own launcher.
func self() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find the grader's own binary: %w", err)
	}
	return path, nil
}
