// Rejected: TestAtOnce fail: a hundred waits at once, the other lines queue for one.
package sayafter

import (
	"context"
	"sync"
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
	sem := make(chan struct{}, 100)
	due := make(chan Line)
	var wg sync.WaitGroup
	for _, l := range lines {
		wg.Go(func() {
			sem <- struct{}{}
			defer func() { <-sem }()
			if wait(ctx, l.After) != nil {
				return
			}
			select {
			case due <- l:
			case <-ctx.Done():
			}
		})
	}
	go func() { wg.Wait(); close(due) }()
	for l := range due {
		if ctx.Err() == nil {
			say(l.Text)
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
