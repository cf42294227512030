package point

import (
	"bufio"
	"bytes"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// edit is a change to a slice, as the standard library makes it and as this
// package does. tell is for the calls of a callback.
type edit struct {
	std, ours func(s []int, i, j int, tell func(...int)) []int
}

var edits = map[string]edit{
	"Delete": {
		func(s []int, i, j int, _ func(...int)) []int { return slices.Delete(s, i, j) },
		func(s []int, i, j int, _ func(...int)) []int { return Delete(s, i, j) },
	},
	"Replace": {
		func(s []int, i, j int, _ func(...int)) []int { return slices.Replace(s, i, j, 7, 8, 9) },
		func(s []int, i, j int, _ func(...int)) []int { return Replace(s, i, j, 7, 8, 9) },
	},
	"DeleteFunc": {
		func(s []int, i, _ int, tell func(...int)) []int { return slices.DeleteFunc(s, is(i, tell)) },
		func(s []int, i, _ int, tell func(...int)) []int { return DeleteFunc(s, is(i, tell)) },
	},
	"Compact": {
		func(s []int, _, _ int, _ func(...int)) []int { return slices.Compact(s) },
		func(s []int, _, _ int, _ func(...int)) []int { return Compact(s) },
	},
	"CompactFunc": {
		func(s []int, _, _ int, tell func(...int)) []int { return slices.CompactFunc(s, alike(tell)) },
		func(s []int, _, _ int, tell func(...int)) []int { return CompactFunc(s, alike(tell)) },
	},
	"Clear": {
		func(s []int, i, j int, _ func(...int)) []int { clear(s[i:j]); return s },
		func(s []int, i, j int, _ func(...int)) []int { Clear(s[i:j]); return s },
	},
	"ClearAny": {
		func(s []int, i, j int, _ func(...int)) []int { clear(s[i:j]); return s },
		func(s []int, i, j int, _ func(...int)) []int { ClearAny(s[i:j]); return s },
	},
}

func is(n int, tell func(...int)) func(int) bool {
	return func(x int) bool { tell(x); return x == n }
}

func alike(tell func(...int)) func(a, b int) bool {
	return func(a, b int) bool { tell(a, b); return a == b }
}

// result is all that can be seen of an edit.
type result struct {
	Returned, Whole []int
	Nil, Panicked   bool
	Told            []int
}

func see(edit func(s []int, i, j int, tell func(...int)) []int, s []int, i, j int) (r result) {
	s = slices.Clone(s)
	defer func() { r.Whole, r.Panicked = s, recover() != nil }()
	r.Returned = edit(s, i, j, func(n ...int) { r.Told = append(r.Told, n...) })
	r.Nil = r.Returned == nil
	return r
}

func TestVisibleFunctionsDoWhatTheOriginalsDo(t *testing.T) {
	for name, e := range edits {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			s := rapid.SliceOfN(rapid.IntRange(0, 2), 0, 6).Draw(t, "s")
			i, j := rapid.IntRange(-1, 7).Draw(t, "i"), rapid.IntRange(-1, 7).Draw(t, "j")
			require.Equal(t, see(e.std, s, i, j), see(e.ours, s, i, j))
		}))
	}
}

func TestCloneMap(t *testing.T) {
	require.Nil(t, CloneMap(map[int]int(nil)))
	m := map[int]int{1: 2, 3: 4}
	c := CloneMap(m)
	require.Equal(t, m, c)
	c[1] = 5
	require.Equal(t, 2, m[1])
	ClearAny(m)
	require.Empty(t, m)
	require.True(t, maps.Equal(map[int]int{1: 5, 3: 4}, c))
}

func TestVisibleSearchesFindWhatTheOriginalsDo(t *testing.T) {
	letters := rapid.SliceOfN(rapid.ByteRange('a', 'c'), 0, 5)
	rapid.Check(t, func(t *rapid.T) {
		b, sep := letters.Draw(t, "b"), letters.Draw(t, "sep")
		require.Equal(t, bytes.Compare(b, sep), CompareBytes(b, sep))
		require.Equal(t, bytes.Contains(b, sep), ContainsBytes(b, sep))
		require.Equal(t, bytes.Count(b, sep), CountBytes(b, sep))
		require.Equal(t, bytes.Index(b, sep), IndexBytes(b, sep))
		require.Equal(t, bytes.IndexByte(b, 'c'), IndexByte(b, 'c'))
		require.Equal(t, bytes.IndexRune(b, 'c'), IndexRune(b, 'c'))
		require.Equal(t, bytes.IndexAny(b, "bc"), IndexAny(b, "bc"))
		require.Equal(t, bytes.ContainsRune(b, 'c'), ContainsRune(b, 'c'))
		require.Equal(t, bytes.ContainsAny(b, "bc"), ContainsAny(b, "bc"))
		before, after, ok := bytes.Cut(b, sep)
		ourBefore, ourAfter, ourOK := CutBytes(b, sep)
		require.Equal(t, []any{before, after, ok}, []any{ourBefore, ourAfter, ourOK})
		n := rapid.IntRange(-1, 4).Draw(t, "n")
		require.Equal(t, bytes.Split(b, sep), SplitBytes(b, sep))
		require.Equal(t, bytes.SplitN(b, sep, n), SplitBytesN(b, sep, n))
		require.Equal(t, bytes.SplitAfter(b, sep), SplitBytesAfter(b, sep))
		require.Equal(t, bytes.SplitAfterN(b, sep, n), SplitBytesAfterN(b, sep, n))
		require.Equal(t, slices.Collect(bytes.SplitSeq(b, sep)), slices.Collect(SplitBytesSeq(b, sep)))
		require.Equal(t, slices.Collect(bytes.SplitAfterSeq(b, sep)), slices.Collect(SplitBytesAfterSeq(b, sep)))
		lines := bytes.ReplaceAll(b, []byte("c"), []byte("\n"))
		require.Equal(t, slices.Collect(bytes.Lines(lines)), slices.Collect(Lines(lines)))
		advance, token, err := bufio.ScanLines(lines, n < 0)
		ourAdvance, ourToken, ourErr := ScanLines(lines, n < 0)
		require.Equal(t, []any{advance, token, err}, []any{ourAdvance, ourToken, ourErr})
	})
}

func TestAppendedNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dst := rapid.SliceOf(rapid.Byte()).Draw(t, "dst")
		i, u, f := rapid.Int64().Draw(t, "i"), rapid.Uint64().Draw(t, "u"), rapid.Float64().Draw(t, "f")
		base, precision := rapid.IntRange(2, 36).Draw(t, "base"), rapid.IntRange(-1, 9).Draw(t, "precision")
		require.Equal(t, strconv.AppendInt(dst, i, base), AppendInt(dst, i, base))
		require.Equal(t, strconv.AppendUint(dst, u, base), AppendUint(dst, u, base))
		require.Equal(t, strconv.AppendFloat(dst, f, 'g', precision, 64), AppendFloat(dst, f, 'g', precision, 64))
		require.Equal(t, strconv.AppendBool(dst, i > 0), AppendBool(dst, i > 0))
	})
}
