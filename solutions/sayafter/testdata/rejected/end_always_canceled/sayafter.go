// Rejected: TestCancelledDuringSay fail: a ctx that ends during the last say gives context.Canceled, also when its deadline has passed.
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
	for _, l := range lines {
		if err := sleep(ctx, l.After); err != nil {
			return err
		}
		say(l.Text)
	}
	if ctx.Err() != nil {
		return context.Canceled
	}
	return nil
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
	if ctx.Err() != nil {
		return context.Canceled
	}
	return nil
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
