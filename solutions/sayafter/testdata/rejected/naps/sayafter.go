// Rejected: TestCancelledWhileWaiting leak: AtOnce returns at once, but its goroutines look at ctx once a minute and stay that long.
package sayafter

import (
	"context"
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

func nap(ctx context.Context, d time.Duration) error {
	for d > 0 && ctx.Err() == nil {
		step := min(d, time.Minute)
		time.Sleep(step)
		d -= step
	}
	return ctx.Err()
}

func AtOnce(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil {
		panic("sayafter: say is nil")
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	due := make(chan string, len(lines))
	for _, l := range lines {
		go func() {
			if nap(ctx, l.After) == nil {
				due <- l.Text
			}
		}()
	}
	for range lines {
		select {
		case text := <-due:
			if ctx.Err() != nil {
				return ctx.Err()
			}
			say(text)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}
