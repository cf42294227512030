package grading

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParallel(t *testing.T) {
	g := &Grader{Config: Config{Jobs: 2}}
	broken := errors.New("broken")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for _, tt := range []struct {
		name string
		f    func(i int) error
		want error
	}{
		{"all", func(int) error { return nil }, nil},
		{"an error", func(i int) error {
			if i == 1 {
				return broken
			}
			return nil
		}, broken},
		{"cancelled meanwhile", func(int) error { cancel(); return nil }, context.Canceled},
		{"cancelled before", func(int) error { return broken }, context.Canceled},
	} {
		var calls atomic.Int64
		err := g.Parallel(ctx, 1000, func(_ context.Context, i int) error {
			calls.Add(1)
			return tt.f(i)
		})
		require.ErrorIs(t, err, tt.want, tt.name)
		require.Equal(t, tt.want == nil, calls.Load() == 1000, tt.name)
	}
}
