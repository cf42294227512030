// Rejected: TestCancelledBySay leak: the channel has room for 16 lines; of more, those that wait to send stay when ctx ends.
package sayafter

import (
	"context"
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
	due := make(chan Line, 16)
	for _, l := range lines {
		go func() {
			if wait(ctx, l.After) == nil {
				due <- l
			}
		}()
	}
	for range lines {
		select {
		case l := <-due:
			if ctx.Err() != nil {
				return ctx.Err()
			}
			say(l.Text)
		case <-ctx.Done():
			return ctx.Err()
		}
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
