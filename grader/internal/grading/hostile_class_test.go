package grading

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/sandbox"
	"gorutinas/grader/internal/submission"
)

// cheap are attacks that end soon, of every kind: on the gate, the compiler, the
// verdict, the reports, the machine.
var cheap = []string{
	"array-bomb", "assign-eof", "bidi", "cond-assigned", "deep-nesting", "embed-hidden-tests", "endless-output",
	"escapes-in-errors", "exit-by-panic-nil", "exit-in-init", "goexit", "goexit-in-new", "init-deadlock", "kit-file",
	"log-fatal", "lying-errors", "own-tests", "printed-passes", "race-twins", "shift-bomb",
}

// Twenty hostile submissions in a class of a hundred change nothing for the
// other eighty.
func TestHostileNeighbours(t *testing.T) {
	kit, exercises := attacked(t)
	exercises = exercises[:1]
	require.Equal(t, "balance", exercises[0].Name)
	cfg := Config{Kit: kit, Exercises: exercises, Seed: 7}
	class := t.TempDir()
	honest(t, class, 80)
	alone := gradeAnew(t, cfg, class)
	require.Len(t, alone, 80)

	for _, name := range cheap {
		require.NoError(t, os.CopyFS(filepath.Join(class, name), os.DirFS(filepath.Join(attacks, name))))
	}
	among := gradeAnew(t, cfg, class)
	require.Len(t, among, 100)
	for _, name := range cheap {
		checkAttack(t, among[name])
		delete(among, name)
	}
	require.Equal(t, alone, among)
}

// honest fills a class with n submissions, all but a few of which have a twin:
// right ones, wrong ones whose verdicts are the same in every run, one that does
// not compile, one that was not begun.
func honest(t *testing.T, class string, n int) {
	read := func(name string) []byte {
		text, err := os.ReadFile(filepath.Join("../../..", filepath.FromSlash(name), "balance.go"))
		require.NoError(t, err)
		return text
	}
	kinds := [][]byte{
		read("solutions/balance"), read("solutions/balance/testdata/accepted/channel"),
		read("solutions/balance/testdata/rejected/nil_sentinels"),
		append(read("solutions/balance"), "\nvar _ = undefined\n"...), read("exercises/balance"),
	}
	for i := range n {
		dir := filepath.Join(class, fmt.Sprintf("student-%02d", i))
		require.NoError(t, os.Mkdir(dir, 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "balance.go"), kinds[i%len(kinds)], 0o644))
	}
}

// gradeAnew grades the class in dir by a grader with an empty cache and returns
// the rows by id, without times.
func gradeAnew(t *testing.T, cfg Config, dir string) map[string]results.Grade {
	box, err := sandbox.Detect(t.Context(), sandbox.Auto)
	if err != nil {
		t.Skip(err)
	}
	cfg.Box, cfg.Lang, cfg.Limits, cfg.Cache = box, "en", attackLimits, OpenCache(t.TempDir())
	g, err := New(t.Context(), cfg)
	require.NoError(t, err)
	defer g.Close()
	refs, err := submission.Find(t.Context(), []string{dir}, cfg.Kit.Names())
	require.NoError(t, err)
	class, err := g.Class(t.Context(), refs, t.TempDir(), logged{t})
	require.NoError(t, err)
	rows := map[string]results.Grade{}
	for _, r := range class.Submissions {
		for i := range r.Exercises {
			for j := range r.Exercises[i].Checks {
				r.Exercises[i].Checks[j].ElapsedMS = 0
			}
		}
		rows[r.ID] = r
	}
	return rows
}
