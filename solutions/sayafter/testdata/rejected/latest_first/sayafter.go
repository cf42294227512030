// Rejected: TestAtOnce fail: lines that become due while another is said are put on a pile and said from its top.
package sayafter

import (
	"cmp"
	"context"
	"slices"
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
	start := time.Now()
	lines = slices.Clone(lines)
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(a.After, b.After) })
	var (
		mu   sync.Mutex
		pile []string
		wg   sync.WaitGroup
	)
	due := make(chan struct{}, len(lines))
	wg.Go(func() {
		defer close(due)
		for _, l := range lines {
			if wait(ctx, l.After-time.Since(start)) != nil {
				return
			}
			mu.Lock()
			pile = append(pile, l.Text)
			mu.Unlock()
			due <- struct{}{}
		}
	})
	for range due {
		if ctx.Err() != nil {
			break
		}
		mu.Lock()
		top := len(pile) - 1
		text := pile[top]
		pile = pile[:top]
		mu.Unlock()
		say(text)
	}
	wg.Wait()
	return ctx.Err()
}
