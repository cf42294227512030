package probe

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"

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
