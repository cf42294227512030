// Rejected: TestAtOnce fail: a text that is empty is taken for the end of the lines.
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
	if ctx.Err() != nil {
		return ctx.Err()
	}
	due := make(chan string, len(lines))
	var wg sync.WaitGroup
	for _, l := range lines {
		wg.Go(func() {
			if wait(ctx, l.After) == nil {
				due <- l.Text
			}
		})
	}
	go func() {
		wg.Wait()
		close(due)
	}()
	for {
		select {
		case text := <-due:
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if text == "" { // closed: all have spoken
				return nil
			}
			say(text)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
