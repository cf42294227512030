package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
)

// disk puts a small disk over dir, and at the end copies what is on it to kept,
// since nobody but the grader sees it. What is left of room is cut to free bytes.
func (s scene) disk(t *testing.T, dir, options string, free int) (on scene, kept string) {
	if os.Geteuid() != 0 {
		t.Skip("only root mounts disks")
	}
	require.NoError(t, os.MkdirAll(dir, 0o755))
	kept = filepath.Join(t.TempDir(), "kept")
	s.mount = []string{
		"set -u",
		fmt.Sprintf("mount -t tmpfs -o %s fault %s || exit 99", options, dir),
		`"$@"`, "code=$?",
		fmt.Sprintf("cp -r %s %s", dir, kept),
		"exit $code",
	}
	if free >= 0 {
		fill := fmt.Sprintf("cat /dev/zero > %s/filler 2> /dev/null; truncate -s -%d %s/filler", dir, free, dir)
		s.mount = append(s.mount[:2:2], append([]string{fill}, s.mount[2:]...)...)
	}
	return s, kept
}

// A machine that fails ends in one sentence, costs nobody a point, and leaves
// only whole files.
func TestMachineFails(t *testing.T) {
	s := newScene(t)
	code, _ := s.run(t)
	require.Zero(t, code)
	want := timeless(s.rows(t))

	t.Run("no room for results", func(t *testing.T) {
		s := s.anew(t)
		s, kept := s.disk(t, s.out, "size=64k", 8<<10)
		code, told := s.run(t)
		require.Equal(t, exitInfra, code)
		require.Len(t, told, 1)
		require.Contains(t, told[0], "no space left on device; mend that and run the same command again")
		requireWhole(t, kept)
		left, err := filepath.Glob(filepath.Join(kept, "submissions", "*.json"))
		require.NoError(t, err)
		require.NotEmpty(t, left, "what there was room for")
	})
	t.Run("results cannot be written", func(t *testing.T) {
		s := s.anew(t)
		if os.Geteuid() == 0 { // whom no permission stops
			s, _ = s.disk(t, s.out, "ro,size=64k", -1)
		} else {
			require.NoError(t, os.Mkdir(s.out, 0o555))
		}
		code, told := s.run(t)
		require.Equal(t, exitInfra, code)
		require.Len(t, told, 1)
		require.Regexp(t, `results.json: (read-only file system|permission denied): name another directory with --out`, told[0])
	})
	t.Run("no room in the cache", func(t *testing.T) {
		s := s.anew(t)
		s, kept := s.disk(t, s.cache, "size=64k", 8<<10)
		code, told := s.run(t)
		require.Zero(t, code)
		require.Empty(t, told)
		require.Equal(t, want, timeless(s.rows(t)))
		requireWhole(t, kept)
	})
	t.Run("no room for binaries", func(t *testing.T) {
		s := s.anew(t)
		s, _ = s.disk(t, s.tmp, "size=3m", -1)
		code, told := s.run(t)
		require.Equal(t, exitInfra, code)
		require.Len(t, told, 1)
		require.Contains(t, told[0], "no space left on device")
		require.Contains(t, told[0], "TMPDIR")
		requireNobodyBlamed(t, s.rows(t))
	})
	t.Run("no room for anything", func(t *testing.T) {
		s := s.anew(t)
		s, _ = s.disk(t, s.tmp, "size=64k,nr_inodes=3", 0)
		code, told := s.run(t)
		require.Equal(t, exitInfra, code)
		require.Len(t, told, 1)
		require.Contains(t, told[0], "no space left on device")
		require.Contains(t, told[0], "TMPDIR")
	})
}

// requireNobodyBlamed fails when a submission lost points to the machine: the
// rows of those that needed it are errors that say so.
func requireNobodyBlamed(t *testing.T, rows []results.Grade) {
	failed := 0
	for _, g := range rows {
		for _, e := range g.Exercises {
			compiles := g.ID != "dan"
			require.False(t, compiles && e.Status == results.StatusBuildFailed, "%s: %+v", g.ID, e.Problem)
		}
		if g.Status == results.StatusError {
			failed++
			require.True(t, strings.HasPrefix(g.Problem, "the grader could not grade it, which is not the submission's fault: "), g.Problem)
		}
	}
	require.NotZero(t, failed)
}
