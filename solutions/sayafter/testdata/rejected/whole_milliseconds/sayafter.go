// Rejected: TestAtOnce fail: sorts by whole milliseconds, so that lines of the same one come in the order given.
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
		panic("sayafter: say is nil")
	}
	for _, l := range lines {
		if err := wait(ctx, l.After); err != nil {
			return err
		}
		say(l.Text)
	}
	return ctx.Err()
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
	return ctx.Err()
}

func AtOnce(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil {
		panic("sayafter: say is nil")
	}
	start := time.Now()
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(a.After.Milliseconds(), b.After.Milliseconds()) })
	for _, l := range lines {
		if err := wait(ctx, l.After-time.Since(start)); err != nil {
			return err
		}
		say(l.Text)
	}
	return ctx.Err()
}
