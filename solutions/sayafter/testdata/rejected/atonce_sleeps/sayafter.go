// Rejected: TestCancelledWhileWaiting fail: the goroutines of AtOnce sleep, whatever becomes of ctx, and it waits for them.
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
	var wg sync.WaitGroup
	var mu sync.Mutex
	for _, l := range lines {
		wg.Go(func() {
			time.Sleep(l.After)
			mu.Lock()
			defer mu.Unlock()
			if ctx.Err() == nil {
				say(l.Text)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
