// Rejected: TestNeverTwoSaysAtOnce race: every goroutine says its line without waiting its turn.
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
	for _, l := range lines {
		wg.Go(func() {
			if wait(ctx, l.After) == nil {
				say(l.Text)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
