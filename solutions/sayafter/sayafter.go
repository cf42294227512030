// Package sayafter says lines after a while: in turn, or each at its own moment
// from a common start.
package sayafter

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Line is a text and how long to wait before it is said.
type Line struct {
	After time.Duration
	Text  string
}

// InTurn waits for each line and says it, one after the other: it takes the sum
// of the delays.
func InTurn(ctx context.Context, lines []Line, say func(string)) error {
	mustSay(say)
	for _, l := range lines {
		if err := sleep(ctx, l.After); err != nil {
			return err
		}
		say(l.Text)
	}
	return ctx.Err() // the last say may have seen the end of ctx
}

// AtOnce starts every wait at the same moment: it takes the longest delay.
//
// It needs no goroutines for that. Waiting together only means that all delays
// count from one start, so that waiting for one line is waiting for all; in order
// of After there is never more than one to wait for. With a goroutine for each
// line, says would need a lock, and every path out a wait for all of them.
func AtOnce(ctx context.Context, lines []Line, say func(string)) error {
	mustSay(say)
	lines = slices.Clone(lines) // the caller's order is the caller's
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(a.After, b.After) })
	start := time.Now()
	for _, l := range lines {
		if err := sleep(ctx, time.Until(start.Add(l.After))); err != nil {
			return err
		}
		say(l.Text)
	}
	return ctx.Err()
}

func mustSay(say func(string)) {
	if say == nil {
		panic("sayafter: say must not be nil")
	}
}

// sleep waits for d, or returns ctx's error once ctx is done.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		// With d <= 0 both may be ready, and select chooses at random.
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}
