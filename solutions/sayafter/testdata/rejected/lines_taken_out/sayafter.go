// Rejected: TestInTurn fail: each line is taken out of the slice of the caller.
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
	mustSay(say)
	for i, l := range lines {
		lines[i] = Line{}
		if err := sleep(ctx, l.After); err != nil {
			return err
		}
		say(l.Text)
	}
	return ctx.Err()
}

func AtOnce(ctx context.Context, lines []Line, say func(string)) error {
	mustSay(say)
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(a.After, b.After) })
	start := time.Now()
	for _, l := range lines {
		if err := sleep(ctx, l.After-time.Since(start)); err != nil {
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

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}
