// Rejected: TestAtOnce fail: the sorted copy is in a slice that all calls share.
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

func InTurn(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil {
		panic("sayafter: InTurn with a nil say")
	}
	for _, l := range lines {
		if err := wait(ctx, l.After); err != nil {
			return err
		}
		say(l.Text)
	}
	return ctx.Err()
}

var scratch []Line

func AtOnce(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil {
		panic("sayafter: AtOnce with a nil say")
	}
	start := time.Now()
	scratch = append(scratch[:0], lines...)
	sorted := scratch
	slices.SortFunc(sorted, func(a, b Line) int { return cmp.Compare(a.After, b.After) })
	for _, l := range sorted {
		if err := wait(ctx, l.After-time.Since(start)); err != nil {
			return err
		}
		say(l.Text)
	}
	return ctx.Err()
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
	return ctx.Err()
}
