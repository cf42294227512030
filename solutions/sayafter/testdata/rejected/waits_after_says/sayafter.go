// Rejected: TestAtOnce fail: each wait is the difference to the delay before, so that the time the says take adds up.
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
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(a.After, b.After) })
	var last time.Duration
	for _, l := range lines {
		if err := wait(ctx, l.After-last); err != nil {
			return err
		}
		last = l.After
		say(l.Text)
	}
	return ctx.Err()
}
