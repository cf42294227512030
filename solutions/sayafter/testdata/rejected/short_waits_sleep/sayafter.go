// Rejected: TestCancelledWhileWaiting fail: a short wait is slept to its end, whatever becomes of ctx.

package sayafter

import (
	"cmp"
	"context"
	"slices"
	"time"
)

type Line struct {
	After time.Duration
	Text  string
}

func InTurn(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil {
		panic("sayafter: nil say")
	}
	for _, l := range lines {
		if err := wait(ctx, l.After); err != nil {
			return err
		}
		say(l.Text)
	}
	return ctx.Err()
}

func AtOnce(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil {
		panic("sayafter: nil say")
	}
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(a.After, b.After) })
	start := time.Now()
	for _, l := range lines {
		if err := wait(ctx, l.After-time.Since(start)); err != nil {
			return err
		}
		say(l.Text)
	}
	return ctx.Err()
}

func wait(ctx context.Context, d time.Duration) error {
	if d < 10*time.Millisecond { // not worth a timer of our own
		time.Sleep(d)
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return ctx.Err()
}
