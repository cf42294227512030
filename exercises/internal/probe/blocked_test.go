package probe

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

// However many goroutines leak, the finding fits into a record (of which the
// grader reads a megabyte), tells how many they are and shows each place.
func TestLeakOfThousands(t *testing.T) {
	const many = 5000
	synctest.Test(t, func(t *testing.T) {
		end := make(chan struct{})
		for range many {
			go func() { <-end }()
		}
		go lastToLeak(end)
		f, text := Leak(Leaked())
		close(end)

		record, err := json.Marshal(f)
		require.NoError(t, err)
		require.Less(t, len(record), 1<<20/8)
		require.Equal(t, []string{"5001"}, f.Args)
		require.Equal(t, 2, strings.Count(f.Stack, "synctest bubble"))
		require.Contains(t, f.Stack, "probe.lastToLeak(")
		require.Equal(t, "5001 goroutine(s) never ended:\n\n"+f.Stack, text)
	})
}

func lastToLeak(end chan struct{}) { <-end }

func TestDumpOfDifferentPlaces(t *testing.T) {
	few := []string{"goroutine 1 [select]:\nf()\n\tf.go:1", "goroutine 2 [select]:\nf()\n\tf.go:1"}
	require.Equal(t, strings.Join(few, "\n\n"), dump(few), "equal ones are told apart while there is room")

	var all []string
	for i := range 2 * maxDump / 1000 {
		all = append(all, "goroutine 1 [select]:\n\tf.go:"+strings.Repeat("1", 1000)+string(rune('a'+i)))
	}
	require.LessOrEqual(t, len(dump(all)), maxDump)
	require.Greater(t, len(dump(all)), maxDump-2000)
}

// A name of any length leaves room for where the calls are, of each goroutine.
func TestDumpOfLongNames(t *testing.T) {
	long := "gorutinas/exercises/balance." + strings.Repeat("ñ", maxDump)
	var all []string
	for i := range 3 {
		at := "\tgorutinas/exercises/balance/balance.go:1" + string(rune('0'+i)) + " +0x1\n"
		all = append(all, "goroutine 9 [select]:\n"+strings.Repeat(long+"(0x1)\n"+at, 100)+"created by "+long+" in goroutine 1\n"+at)
	}
	got := dump(all[:1])
	require.LessOrEqual(t, len(got), maxDump)
	require.Equal(t, 101, strings.Count(got, "\n\tgorutinas/exercises/balance/balance.go:10 +0x1\n"))
	require.Contains(t, got, "\ncreated by gorutinas/exercises/balance.ñ")
	require.True(t, utf8.ValidString(got))

	for i := range all {
		all[i] = all[i][strings.LastIndex(all[i], "created by"):]
	}
	got = dump(all)
	for _, line := range []string{":10 ", ":11 ", ":12 "} {
		require.Contains(t, got, "balance.go"+line)
	}
	f, text := Panicked("boom", all[0])
	require.Less(t, len(f.Stack), 2*maxName)
	require.Equal(t, "boom\n\n"+f.Stack, text)
}
