package sandbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// Usage is what a command under limits used.
type Usage struct {
	Killed Reason // the limit that decided, "" for none
	Wall   time.Duration
	CPU    time.Duration // of the whole tree of processes
	MaxRSS int64         // the highest sum over the tree that was seen, in bytes
}

// Limited is a command with limits. It is made by [Limit] and runs once.
type Limited struct {
	cmd    *exec.Cmd
	limits Limits
	over   chan struct{} // closed when there is too much output
}

// Limit puts cmd under limits without taking it apart from the machine: for
// the compiler, and for the grader's own children that read what a student
// wrote. Limits are those of the whole tree of processes, except for Disk,
// which is that of one file, and Files. What is zero is not limited.
//
// cmd must not have been started, and its SysProcAttr and ExtraFiles[n:] for
// n beyond those set now are Limit's.
func Limit(cmd *exec.Cmd, l Limits) *Limited {
	return &Limited{cmd: cmd, limits: l, over: make(chan struct{})}
}

// Run runs the command. The error is that of [exec.Cmd.Run] when no limit was
// hit, nil when one was, the error of ctx when it is done. Nothing of the tree
// is alive when Run returns.
func (l *Limited) Run(ctx context.Context) (Usage, error) {
	runtime.LockOSThread() // as in Box.Run
	defer runtime.UnlockOSThread()
	l.countOutput()
	l.cmd.WaitDelay = time.Second
	report, err := l.start()
	if err != nil {
		return Usage{}, err
	}
	began, c := time.Now(), await(l.cmd)
	w := &watch{limits: l.limits, meter: treeOf(c.pid()), exited: c.exited, over: l.over, start: began}
	reason, err := w.wait(ctx)
	undead := c.end()
	why := report()
	if undead != nil {
		return Usage{}, undead
	}
	u := Usage{Killed: reason, Wall: time.Since(began), MaxRSS: w.peak}
	u.CPU = max(w.last.cpu, l.cmd.ProcessState.UserTime()+l.cmd.ProcessState.SystemTime())
	if why != "" {
		return u, fmt.Errorf("start %s: %s", l.cmd.Args[0], why)
	}
	if err != nil {
		return u, err
	}
	return l.judge(u, c.err)
}

// judge tells the command's own failure from that of a limit.
func (l *Limited) judge(u Usage, err error) (Usage, error) {
	select {
	case <-l.over:
		u.Killed = Output
	default:
	}
	if u.Killed == "" && err != nil {
		u.Killed = diedOf(l.cmd.ProcessState, u.MaxRSS, l.limits)
	}
	if u.Killed != "" {
		return u, nil
	}
	return u, err
}

// start starts the command by way of a launcher that sets the limits of the
// kernel, where there is one. report returns why that failed, once the command
// has ended.
func (l *Limited) start() (report func() string, err error) {
	if err := l.cmd.Err; err != nil {
		return nil, err
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer w.Close()
	life, alive, err := os.Pipe()
	if err != nil {
		r.Close()
		return nil, err
	}
	defer life.Close()
	err = viaLauncher(l.cmd, l.limits, w, life)
	if err == nil {
		err = l.cmd.Start()
	}
	if err != nil {
		r.Close()
		alive.Close()
		return nil, err
	}
	return func() string {
		defer alive.Close()
		defer r.Close()
		_ = r.SetReadDeadline(time.Now().Add(time.Second))
		text, err := io.ReadAll(io.LimitReader(r, 4<<10))
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return ""
		}
		return string(text)
	}, nil
}

// countOutput puts a counter before the command's writers. One writer for both
// stays one, so that what it gets stays in order.
func (l *Limited) countOutput() {
	if l.limits.Output <= 0 {
		return
	}
	c := &counter{left: l.limits.Output, over: l.over}
	same := l.cmd.Stdout == l.cmd.Stderr
	l.cmd.Stdout = c.before(l.cmd.Stdout)
	if same {
		l.cmd.Stderr = l.cmd.Stdout
	} else {
		l.cmd.Stderr = c.before(l.cmd.Stderr)
	}
}

// counter counts bytes on the way to one or two writers.
type counter struct {
	over chan struct{}

	mu     sync.Mutex // guards what follows
	left   int64
	closed bool // over is
}

func (c *counter) before(w io.Writer) io.Writer {
	if w == nil {
		return nil
	}
	return &counted{c, w}
}

// take returns how many of n bytes still fit.
func (c *counter) take(n int64) int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	fit := min(n, c.left)
	c.left -= fit
	if fit < n && !c.closed {
		c.closed = true
		close(c.over)
	}
	return fit
}

// counted is a writer behind a counter.
type counted struct {
	*counter
	to io.Writer
}

// Write passes on what fits and swallows the rest.
func (w *counted) Write(b []byte) (int, error) {
	if _, err := w.to.Write(b[:w.take(int64(len(b)))]); err != nil {
		return 0, err
	}
	return len(b), nil
}
