package cli

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
)

// leaps makes the clock on the wall jump an hour ahead and back every
// microsecond, so that no two readings need agree. The monotonic clock goes on,
// as it does on a machine whose date is set.
const leaps = `	sec += (mono >> 10 & 1) * 3600
`

// A grader whose clock jumps all the time finds what any other finds, and takes
// as long.
func TestClockJumps(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the standard library")
	}
	s := newScene(t)
	code, _ := s.run(t)
	require.Zero(t, code)
	want := timeless(s.rows(t))

	s = s.anew(t)
	s.program = leaping(t)
	began := time.Now()
	code, told := s.run(t)
	took := time.Since(began).Milliseconds()
	require.Zero(t, code)
	require.Empty(t, told)
	class, err := results.ReadFile(filepath.Join(s.out, "results.json"))
	require.NoError(t, err)
	requireWithin(t, class.ElapsedMS, took)
	for _, g := range class.Submissions {
		for _, e := range g.Exercises {
			for _, c := range e.Checks {
				requireWithin(t, c.ElapsedMS, took)
			}
		}
	}
	require.Equal(t, want, timeless(s.rows(t)))
	requireWhole(t, s.cache)
}

func requireWithin(t *testing.T, part, whole int64) {
	require.GreaterOrEqual(t, part, int64(0))
	require.LessOrEqual(t, part, whole)
}

// leaping builds a grader whose package time has such a clock.
func leaping(t *testing.T) (program string) {
	const reading = "	sec, nsec, mono := runtimeNow()\n"
	original := filepath.Join(goEnv(t, "GOROOT"), "src", "time", "time.go")
	text, err := os.ReadFile(original)
	require.NoError(t, err)
	head, now, found := strings.Cut(string(text), "\nfunc Now() Time {\n"+reading)
	require.True(t, found, "time.Now is another one in this Go: change the test")

	dir := t.TempDir()
	changed, overlay, program := filepath.Join(dir, "time.go"), filepath.Join(dir, "overlay.json"), filepath.Join(dir, "grader")
	require.NoError(t, os.WriteFile(changed, []byte(head+"\nfunc Now() Time {\n"+reading+leaps+now), 0o644))
	replace, err := json.Marshal(map[string]any{"Replace": map[string]string{original: changed}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(overlay, replace, 0o644))
	out, err := exec.Command("go", "build", "-overlay", overlay, "-o", program, "../..").CombinedOutput()
	require.NoError(t, err, "%s", out)
	return program
}
