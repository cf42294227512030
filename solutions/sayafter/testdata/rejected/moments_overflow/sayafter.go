// Rejected: TestCancelledWhileWaiting fail: the moment of a line 292 years from now overflows, so that it is said at once.

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

// planned is a line with its moment, in nanoseconds.
type planned struct {
	at   int64
	text string
}

func plan(l Line) planned {
	return planned{time.Now().UnixNano() + l.After.Nanoseconds(), l.Text}
}

// until waits for p's moment, or returns ctx's error.
func (p planned) until(ctx context.Context) error {
	timer := time.NewTimer(time.Duration(p.at - time.Now().UnixNano()))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return ctx.Err()
}

func InTurn(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil {
		panic("sayafter: nil say")
	}
	for _, l := range lines {
		p := plan(l)
		if err := p.until(ctx); err != nil {
			return err
		}
		say(p.text)
	}
	return ctx.Err()
}

func AtOnce(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil {
		panic("sayafter: nil say")
	}
	all := make([]planned, 0, len(lines))
	now := time.Now()
	for _, l := range lines {
		all = append(all, planned{now.UnixNano() + l.After.Nanoseconds(), l.Text})
	}
	slices.SortStableFunc(all, func(a, b planned) int { return cmp.Compare(a.at, b.at) })
	for _, p := range all {
		if err := p.until(ctx); err != nil {
			return err
		}
		say(p.text)
	}
	return ctx.Err()
}
