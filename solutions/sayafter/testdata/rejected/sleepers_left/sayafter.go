// Rejected: TestCancelledWhileWaiting leak: AtOnce returns at once, but its goroutines sleep on for hours.
package sayafter

import (
	"context"
	"sync"
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
	var mu sync.Mutex
	done := make(chan struct{}, len(lines))
	for _, l := range lines {
		go func() {
			time.Sleep(l.After)
			mu.Lock()
			defer mu.Unlock()
			if ctx.Err() == nil {
				say(l.Text)
			}
			done <- struct{}{}
		}()
	}
	for range lines {
		select {
		case <-done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}
