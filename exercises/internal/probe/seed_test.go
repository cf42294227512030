package probe

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The seed that a failing test prints gives the same inputs when it runs alone: what
// other tests did before is not in it, what its own repetitions did is.
func TestSeed(t *testing.T) {
	before := *seed
	t.Cleanup(func() { *seed = before })
	*seed = 100
	seedOf := func(t *testing.T, name string) (got uint64) {
		t.Run(name, func(t *testing.T) { got = Seed(t) })
		return got
	}
	first := repetitions(t)
	require.Equal(t, 100+first, seedOf(t, "a"))
	mu.Lock()
	ended["TestOther"]++
	ended[t.Name()]++
	mu.Unlock()
	require.Equal(t, 101+first, seedOf(t, "b"))
}
