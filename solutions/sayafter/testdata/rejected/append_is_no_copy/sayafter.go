// Rejected: TestAtOnce fail: append is taken for a copy, which it is not where the caller's slice has room.

package sayafter

import (
	"context"
	"math"
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
	start := time.Now()
	// A copy of our own, with a line at its end that nobody lives to hear, so that
	// the search for a place stops there.
	own := append(lines, Line{After: math.MaxInt64})
	for i := len(lines) - 1; i >= 0; i-- {
		l, at := own[i], i
		for ; own[at+1].After < l.After; at++ {
			own[at] = own[at+1]
		}
		own[at] = l
	}
	for _, l := range own[:len(lines)] {
		if err := wait(ctx, l.After-time.Since(start)); err != nil {
			return err
		}
		say(l.Text)
	}
	return ctx.Err()
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return ctx.Err()
}
