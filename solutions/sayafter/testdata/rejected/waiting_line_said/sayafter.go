// Rejected: TestCancelledBySay fail: a goroutine that has waited for the lock says its line although ctx ended meanwhile.
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
			if wait(ctx, l.After) != nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			say(l.Text)
		})
	}
	wg.Wait()
	return ctx.Err()
}
