// Rejected: TestCancelledWhileWaiting fail: AtOnce does not wait for the goroutine that says the lines, which may say one more.
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

func AtOnce(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil {
		panic("sayafter: AtOnce with a nil say")
	}
	order := slices.Clone(lines)
	slices.SortFunc(order, func(a, b Line) int { return cmp.Compare(a.After, b.After) })
	done := make(chan struct{})
	start := time.Now()
	go func() {
		defer close(done)
		for _, l := range order {
			if wait(ctx, time.Until(start.Add(l.After))) != nil {
				return
			}
			say(l.Text)
		}
	}()
	select {
	case <-done:
	case <-ctx.Done():
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
