// Rejected: TestAtOnce leak: a context that is derived from ctx is cancelled only when ctx has ended.

// Package sayafter says lines after a while. Here a goroutine for each line waits, the
// caller's says: they hand their texts over one by one.
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
	ctx, cancel := context.WithCancelCause(ctx)
	due := make(chan string)
	ended := make(chan struct{})
	for _, l := range lines {
		go func() {
			defer func() { ended <- struct{}{} }()
			if wait(ctx, l.After) != nil {
				return
			}
			select {
			case due <- l.Text:
			case <-ctx.Done():
			}
		}()
	}
	defer func() {
		if ctx.Err() != nil {
			cancel(nil)
		}
		for range lines {
			<-ended
		}
	}()
	for range lines {
		select {
		case text := <-due:
			if err := ctx.Err(); err != nil {
				return err
			}
			say(text)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}
