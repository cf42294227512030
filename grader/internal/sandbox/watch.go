package sandbox

import (
	"context"
	"time"
)

const (
	dumpTime   = 2 * time.Second        // for a goroutine dump after SIGQUIT
	window     = 200 * time.Millisecond // in which a blocked program must not move
	windowStep = 20 * time.Millisecond
	idleCPU    = window / 50 // what the Go runtime itself may use in a window
	idleDelay  = window / 4  // and how long, with that, it may wait for a processor
	renewals   = 4           // how often the wall limit begins anew for a run that was starved
)

// usage is what a run has used so far.
type usage struct {
	cpu     time.Duration
	rss     int64 // resident bytes, the peak where the system knows it
	threads int
	files   int           // open descriptors
	awake   bool          // some thread runs, waits for a processor or for a disk
	delay   time.Duration // threads were ready and had no processor, summed up
	counted bool          // whether the system counts delay at all
	full    bool          // the private disk is full
}

// meter measures a run.
type meter interface {
	// read returns what has been used; ok is false when nothing can be
	// measured, as after the end. deep asks for files, awake and delay too.
	read(deep bool) (u usage, ok bool)
	// step is how often a read is affordable.
	step() time.Duration
}

// watch waits for the end of a run or for the first limit that it exceeds.
type watch struct {
	limits Limits
	meter  meter
	exited <-chan struct{}
	over   <-chan struct{} // too much output
	start  time.Time
	last   usage
	peak   int64
	began  usage // when the wall limit began, or began anew
}

// wait returns the limit that was hit, or "" after the end of the run, or the
// error of ctx.
func (w *watch) wait(ctx context.Context) (Reason, error) {
	tick := time.NewTicker(w.meter.step())
	defer tick.Stop()
	wall := time.NewTimer(time.Until(w.start.Add(w.limits.Wall)))
	defer wall.Stop()
	if w.limits.Wall <= 0 {
		wall.Stop()
	}
	for n, renewed := 0, 0; ; n++ {
		select {
		case <-w.exited:
			return "", nil
		case <-ctx.Done():
			return "", ctx.Err()
		case <-w.over:
			return Output, nil
		case <-wall.C:
			r, err := w.decide(ctx)
			if r != Starved || renewed == renewals {
				return r, err
			}
			renewed++
			w.began = w.last
			wall.Reset(w.limits.Wall)
		case <-tick.C:
			if r := w.check(n%5 == 4); r != "" {
				return r, nil
			}
		}
	}
}

// check measures once and returns the limit that is exceeded, if any.
func (w *watch) check(deep bool) Reason {
	u, ok := w.meter.read(deep)
	if !ok {
		return ""
	}
	w.last = u
	w.peak = max(w.peak, u.rss)
	switch l := w.limits; {
	case l.Memory > 0 && u.rss > l.Memory:
		return Memory
	case l.Threads > 0 && u.threads > l.Threads:
		return Threads
	case l.Files > 0 && u.files >= l.Files:
		return Files
	case l.CPU > 0 && u.cpu > l.CPU:
		return CPU
	case u.full:
		return Disk
	}
	return ""
}

// decide says what the wall limit means. Time alone proves nothing: a program
// is blocked when none of its threads moves for a window, and starved when it
// would have moved, had it been given a processor.
func (w *watch) decide(ctx context.Context) (Reason, error) {
	if r := w.check(true); r != "" {
		return r, nil
	}
	before, awake := w.last, w.last.awake
	end := time.NewTimer(window) // from here on: to look may have taken longer than that
	defer end.Stop()
	step := time.NewTicker(windowStep)
	defer step.Stop()
	for over := false; !over; {
		select {
		case <-w.exited:
			return "", nil
		case <-ctx.Done():
			return "", ctx.Err()
		case <-step.C:
		case <-end.C: // the last look is the one that counts: others may have been missed
			over = true
		}
		if r := w.check(true); r != "" {
			return r, nil
		}
		awake = awake || w.last.awake
	}
	if w.ended() {
		return "", nil
	}
	moved := awake || w.last.cpu-before.cpu > idleCPU || w.last.delay-before.delay > idleDelay
	return w.verdict(moved), nil
}

func (w *watch) ended() bool {
	select {
	case <-w.exited:
		return true
	default:
		return false
	}
}

func (w *watch) verdict(moved bool) Reason {
	switch {
	case !moved:
		return Blocked
	case w.served():
		return Wall
	}
	return Starved
}

// served says of a program that moves whether it had a processor whenever it wanted
// one. Where the system does not count how long it waited for that, it must have
// computed for half of the time.
func (w *watch) served() bool {
	if w.last.counted {
		return w.last.delay-w.began.delay < w.limits.Wall/10
	}
	return w.last.cpu-w.began.cpu >= w.limits.Wall/2
}

// dumped waits until the program, told to print its goroutines, has ended. It
// gives up after a while, and when the program only grows.
func (w *watch) dumped(ctx context.Context) {
	end := time.NewTimer(dumpTime)
	defer end.Stop()
	tick := time.NewTicker(w.meter.step())
	defer tick.Stop()
	for {
		select {
		case <-w.exited:
			return
		case <-ctx.Done():
			return
		case <-end.C:
			return
		case <-tick.C:
			u, ok := w.meter.read(false)
			if ok && w.limits.Memory > 0 && u.rss > 2*w.limits.Memory {
				return
			}
		}
	}
}
