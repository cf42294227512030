package probe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
)

// everyError is what errors.Is finds any error in.
type everyError struct{ error }

func (everyError) Is(error) bool { return true }

func TestEveryError(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	all := everyError{io.EOF}
	cancel()
	for _, c := range []struct {
		err        error
		every, own bool // it claims to be every error; it is ctx's
	}{
		{nil, false, false},
		{io.EOF, false, false},
		{context.DeadlineExceeded, false, false},
		{context.Canceled, false, true},
		{fmt.Errorf("page 7: %w", context.Canceled), false, true},
		{errors.Join(io.EOF, context.Canceled), false, true},
		{all, true, false},
		{fmt.Errorf("page 7: %w", all), true, false},
		{errors.Join(context.Canceled, all), true, false},
	} {
		require.Equal(t, c.every, IsEveryError(c.err), "%v", c.err)
		want := c.err
		if c.own {
			want = context.Canceled
		}
		require.Equal(t, want, OfContext(ctx, c.err), "%v", c.err)
		require.Equal(t, c.err, OfContext(t.Context(), c.err), "%v, before ctx ends", c.err)
	}
}
