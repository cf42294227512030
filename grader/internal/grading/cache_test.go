package grading

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
)

// No two different inputs share a key, however their bytes run together.
func TestKey(t *testing.T) {
	files := func(pairs ...string) map[string][]byte {
		m := map[string][]byte{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = []byte(pairs[i+1])
		}
		return m
	}
	keys := map[string]bool{}
	for _, k := range []string{
		key([]string{"kit"}, "balance", files("balance.go", "ab", "x.go", "c")),
		key([]string{"kit"}, "balance", files("balance.go", "a", "x.go", "bc")),
		key([]string{"kit"}, "balance", files("x.go", "ab", "balance.go", "c")),
		key([]string{"kit"}, "balance", files("balance.go", "ab4:x.go1:c")),
		key([]string{"kit", "balance"}, "", files("balance.go", "ab", "x.go", "c")),
		key([]string{"kit", "balance", "balance.go"}, "ab", files("x.go", "c")),
		key([]string{"ki", "t"}, "balance", files("balance.go", "ab", "x.go", "c")),
		key([]string{"kit"}, "gil", files("balance.go", "ab", "x.go", "c")),
	} {
		require.False(t, keys[k])
		keys[k] = true
	}
	require.Equal(t,
		key(nil, "gil", files("a.go", "1", "b.go", "2")),
		key(nil, "gil", files("b.go", "2", "a.go", "1")))
}

func TestCache(t *testing.T) {
	c := OpenCache(t.TempDir())
	k := key(nil, "balance", nil)
	_, hit := c.get(k)
	require.False(t, hit)

	want := entry{Exercise: results.Exercise{Name: "balance", Score: 7}, Flags: []string{"forged"}}
	c.put(k, want)
	got, hit := c.get(k)
	require.True(t, hit)
	require.Equal(t, want, got)

	require.NoError(t, os.WriteFile(c.path(k), []byte(`{"exercise": {"na`), 0o644))
	_, hit = c.get(k)
	require.False(t, hit, "a damaged entry counts as none")

	other := key(nil, "gil", nil)
	c.put(other, entry{Exercise: results.Exercise{Name: "gil", Checks: []results.Check{{Verdict: results.Infra}}}})
	_, hit = c.get(other)
	require.False(t, hit, "what the machine decided is not kept")

	var none *Cache
	none.put(k, want)
	_, hit = none.get(k)
	require.False(t, hit)
}

// What nobody has asked for in a long time goes, and what is in use stays.
func TestCacheIsTrimmed(t *testing.T) {
	c := &Cache{dir: t.TempDir()}
	now := time.Now()
	old := now.Add(-kept - time.Hour)
	made := entry{Exercise: results.Exercise{Name: "balance"}}
	used, unused, young := key(nil, "used", nil), key(nil, "unused", nil), key(nil, "young", nil)
	for k, at := range map[string]time.Time{used: old, unused: old, young: now} {
		c.put(k, made)
		require.NoError(t, os.Chtimes(c.path(k), at, at))
	}
	_, hit := c.get(used)
	require.True(t, hit)

	trim(c.dir, kept, now)
	for k, want := range map[string]bool{used: true, unused: false, young: true} {
		_, hit := c.get(k)
		require.Equal(t, want, hit)
	}

	require.NoError(t, os.Chtimes(c.path(young), old, old))
	trim(c.dir, kept, now.Add(day/2))
	require.FileExists(t, c.path(young), "once a day is enough")
	trim(c.dir, kept, now.Add(2*day))
	require.NoFileExists(t, c.path(young))
}
