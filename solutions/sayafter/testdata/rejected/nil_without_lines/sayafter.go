// Rejected: TestNilSayPanics fail: a nil say is only noticed when there is a line to say.
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

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return ctx.Err()
	}
}

func InTurn(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil && len(lines) > 0 {
		panic("sayafter: nil say")
	}
	for _, l := range lines {
		if err := sleep(ctx, l.After); err != nil {
			return err
		}
		say(l.Text)
	}
	return ctx.Err()
}
func AtOnce(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil && len(lines) > 0 {
		panic("sayafter: nil say")
	}
	start := time.Now()
	sorted := slices.SortedStableFunc(slices.Values(lines), func(a, b Line) int { return cmp.Compare(a.After, b.After) })
	for _, l := range sorted {
		if err := sleep(ctx, time.Until(start.Add(l.After))); err != nil {
			return err
		}
		say(l.Text)
	}
	return ctx.Err()
}
