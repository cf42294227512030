package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
)

// scene is a kit of one exercise with a class, and where one grader of it, in a
// process of its own, keeps its files.
type scene struct {
	program         string // the grader
	kit, class      string
	out, tmp, cache string
	args            []string // more of grader grade
	mount           []string // a shell command before the grader, in a mount namespace of its own
}

// newScene has a right solution, one that is half right, one that does nothing
// and one that does not compile.
func newScene(t *testing.T) scene {
	program, err := exec.LookPath("grader")
	require.NoError(t, err)
	dir := t.TempDir()
	s := scene{program: program, kit: filepath.Join(dir, "kit"), class: filepath.Join(dir, "class")}
	require.NoError(t, bareKit("../../..", s.kit))
	require.NoError(t, os.CopyFS(s.kit, os.DirFS("../../testdata/tiny")))
	for id, bodies := range map[string][2]string{
		"ana": {"return 1", "return 2"}, "ben": {"return 1", "return 1"}, "cyd": {"return 3", "panic(3)"}, "dan": {"return 1", "return 0 +"},
	} {
		text := fmt.Sprintf("package tiny\n\nfunc One() int { %s }\n\nfunc Two() int { %s }\n", bodies[0], bodies[1])
		at := filepath.Join(s.class, id, "tiny.go")
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o755))
		require.NoError(t, os.WriteFile(at, []byte(text), 0o644))
	}
	return s.anew(t)
}

// anew is the same class for a grader that has never seen it.
func (s scene) anew(t *testing.T) scene {
	dir := t.TempDir()
	s.out, s.tmp, s.cache = filepath.Join(dir, "out"), filepath.Join(dir, "tmp"), filepath.Join(dir, "cache")
	for _, d := range []string{s.tmp, s.cache} {
		require.NoError(t, os.Mkdir(d, 0o755))
	}
	return s
}

// env keeps a grader's files in the scene.
func (s scene) env(t *testing.T) []string {
	return append(os.Environ(), "TMPDIR="+s.tmp, "XDG_CACHE_HOME="+s.cache, "GOCACHE="+goEnv(t, "GOCACHE"), "LANG=en")
}

// grader is a grader of the class that has not been started.
func (s scene) grader(t *testing.T) (cmd *exec.Cmd, stderr *bytes.Buffer) {
	args := append([]string{s.program, "grade", s.class, "--kit", s.kit, "--out", s.out}, s.args...)
	if s.mount != nil {
		args = append([]string{"sh", "-c", strings.Join(s.mount, "\n"), "sh"}, args...)
	}
	cmd = exec.Command(args[0], args[1:]...)
	if s.mount != nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}
	}
	cmd.Env = s.env(t)
	stderr = &bytes.Buffer{}
	cmd.Stderr = stderr
	return cmd, stderr
}

// run grades the class to its end and returns the exit code and what a reader
// of standard error is told, without progress.
func (s scene) run(t *testing.T) (code int, told []string) {
	cmd, stderr := s.grader(t)
	err := cmd.Run()
	if _, ok := errors.AsType[*exec.ExitError](err); !ok {
		require.NoError(t, err)
	}
	t.Logf("%s", stderr)
	for line := range strings.Lines(stderr.String()) {
		if text, ok := strings.CutPrefix(line, "grader: "); ok {
			told = append(told, strings.TrimSpace(text))
		}
	}
	return cmd.ProcessState.ExitCode(), told
}

// rows are the submissions in results.json.
func (s scene) rows(t *testing.T) []results.Grade {
	class, err := results.ReadFile(filepath.Join(s.out, "results.json"))
	require.NoError(t, err)
	return class.Submissions
}

// written are the grades in the files of their own. Every file there must be
// whole.
func (s scene) written(t *testing.T) (all []results.Grade) {
	files, err := filepath.Glob(filepath.Join(s.out, "submissions", "*.json"))
	require.NoError(t, err)
	for _, f := range files {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		var g results.Grade
		require.NoError(t, json.Unmarshal(text, &g), f)
		all = append(all, g)
	}
	return all
}

// requireWhole fails unless every JSON file below dir is whole.
func requireWhole(t *testing.T, dir string) {
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".json" {
			return err
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.True(t, json.Valid(text), path)
		return nil
	})
	require.NoError(t, err)
}

// alive lists the processes that work on submissions: whatever has the
// grader's directory for temporary files among its arguments.
func (s scene) alive(t *testing.T) (all []string) {
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	require.NoError(t, err)
	for _, f := range files {
		if line, _ := os.ReadFile(f); bytes.Contains(line, []byte(s.tmp)) {
			all = append(all, f+" "+strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return all
}

// timeless is rows without what no two runs have in common.
func timeless(rows []results.Grade) []results.Grade {
	for i := range rows {
		for j := range rows[i].Exercises {
			for k := range rows[i].Exercises[j].Checks {
				rows[i].Exercises[j].Checks[k].ElapsedMS = 0
			}
		}
	}
	return rows
}
