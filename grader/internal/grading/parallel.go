package grading

import (
	"cmp"
	"context"

	"golang.org/x/sync/errgroup"
)

// Parallel calls f(0) to f(n-1), as many at a time as the grader has jobs, and
// returns the first error, or else ctx's, when all have ended. After an error no
// further call starts and ctx as f sees it is done.
func (g *Grader) Parallel(ctx context.Context, n int, f func(ctx context.Context, i int) error) error {
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(g.Jobs)
	for i := range n {
		if inner.Err() != nil {
			break
		}
		group.Go(func() error { return f(inner, i) })
	}
	return cmp.Or(group.Wait(), ctx.Err())
}
