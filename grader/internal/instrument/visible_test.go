package instrument

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestRacesBecomeVisible: the race detector reports none of these races in the
// original (once it does, the function can be left alone), and each of them in
// the rewritten program.
func TestRacesBecomeVisible(t *testing.T) {
	t.Parallel()
	bin := buildVisible(t)
	calls := []string{"clear", "clear, generic", "bytes.Split, at what", "bytes.SplitAfter, at what", "bytes.SplitAfterSeq, at what"}
	for name := range visible {
		calls = append(calls, name)
	}
	for _, name := range calls {
		t.Run(name, func(t *testing.T) {
			before := run(command(t, endurance, filepath.Join(bin, "before.test"), "TestCall", "CALL="+name))
			require.False(t, before.failed, before.output)
			after := run(command(t, endurance, filepath.Join(bin, "after.test"), "TestCall", "CALL="+name))
			require.Contains(t, after.output, raceReport)
			require.Contains(t, after.output, "calls.go:")
		})
	}
}

func buildVisible(t *testing.T) (bin string) {
	t.Helper()
	source, test := file(t, "visible/calls.go"), file(t, "visible/calls_test.go")
	files := map[string][]byte{
		"before/calls.go":      source,
		"before/calls_test.go": test,
		"after/calls.go":       rewriteChecked(t, "calls", map[string][]byte{"calls.go": source}, false)["calls.go"],
		"after/calls_test.go":  test,
	}
	bin = t.TempDir()
	out, err := goCommand(t, files, "test", "-c", "-race", "-vet=off", "-o", bin+"/")
	require.NoError(t, err, out)
	return bin
}
