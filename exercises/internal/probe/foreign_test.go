package probe

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
)

type key struct{}

// What is derived from a foreign context is followed until it is cancelled, or
// its parent ends.
func TestForeign(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		parent, end := context.WithCancel(context.WithValue(context.Background(), key{}, 7))
		foreign := Foreign(parent)
		require.Equal(t, 7, foreign.Value(key{}))

		_, cancel := context.WithCancel(foreign)
		require.Len(t, Leaked(), 1)
		cancel()
		require.Empty(t, Leaked())

		child, cancel := context.WithCancel(foreign)
		defer cancel()
		end()
		<-child.Done()
		require.Empty(t, Leaked())
		require.ErrorIs(t, foreign.Err(), context.Canceled)
	})
}
