package results

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestClip(t *testing.T) {
	for _, s := range []string{"", "undefined: x", "ñandú\n\x01", strings.Repeat("x", maxText)} {
		require.Equal(t, s, Clip(s))
	}
	require.Equal(t, "a\uFFFDb", Clip("a\xff\xfeb"))
	for _, r := range []string{"x", "é", "𝄞", "\x01", "a\xff"} {
		long := Clip("undefined: " + strings.Repeat(r, 1<<20) + "; declare it")
		require.True(t, strings.HasPrefix(long, "undefined: "), "%q", r)
		require.True(t, strings.HasSuffix(long, "; declare it"), "%q", r)
		require.True(t, utf8.ValidString(long), "%q", r)
		require.Less(t, len(long), 3*maxText, "%q", r)
	}
}

func TestNewProblem(t *testing.T) {
	require.Equal(t, &Problem{"balance.go", 14, "no"}, NewProblem("balance.go", 14, "no"))
	long := strings.Repeat("x", 200<<10)
	p := NewProblem(long, 1, long)
	require.Less(t, len(p.File), 2*maxText)
	require.Less(t, len(p.Message), 2*maxText)
}
