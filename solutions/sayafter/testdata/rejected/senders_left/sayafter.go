// Rejected: TestCancelledWhileWaiting leak: nobody receives any more after a cancellation, and the goroutines wait to send for ever.
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

func AtOnce(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil {
		panic("sayafter: say is nil")
	}
	due := make(chan string)
	for _, l := range lines {
		go func() {
			wait(ctx, l.After)
			due <- l.Text
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
