package probe

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestShred(t *testing.T) {
	r := Rand(t)
	require.Empty(t, Shred(r, "", 3))
	text := strings.Repeat("abc\n", 100)
	sizes := map[int]bool{}
	pieces := Shred(r, text, 3)
	for _, p := range pieces {
		sizes[len(p)] = true
	}
	require.Equal(t, text, strings.Join(pieces, ""))
	require.Equal(t, map[int]bool{1: true, 2: true, 3: true}, sizes)
}
