package cli

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A save is graded without being asked, however the editor saves, and a solved
// exercise leads to the next.
func TestWatchedSaves(t *testing.T) {
	s := newScene(t)
	addTwin(t, s.kit, "later")
	right := func(name string) []byte {
		return []byte("package " + name + "\n\nfunc One() int { return 1 }\n\nfunc Two() int { return 2 }\n")
	}
	student := s.exported(t)
	source := func(name string) string { return filepath.Join(student, "exercises", name, name+".go") }

	w := s.watched(t, student)
	w.until(t, "tiny", "0/10")
	require.NoError(t, os.WriteFile(source("tiny"), right("tiny"), 0o644))
	w.until(t, "tiny", "10/10")
	w.until(t, "later", "0/10")
	require.NoError(t, os.WriteFile(source("later")+"~", right("later"), 0o644))
	require.NoError(t, os.Rename(source("later")+"~", source("later")))
	w.until(t, "later", "10/10")
	require.NoError(t, w.stdin.Close())
	require.NoError(t, w.cmd.Wait())
}

// addTwin gives a kit of the exercise tiny a second one like it.
func addTwin(t *testing.T, kit, name string) {
	from, to := filepath.Join(kit, "exercises/tiny"), filepath.Join(kit, "exercises", name)
	require.NoError(t, os.CopyFS(to, os.DirFS(from)))
	files, err := filepath.Glob(filepath.Join(to, "*"))
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		text = bytes.ReplaceAll(text, []byte("tiny"), []byte(name))
		text = bytes.Replace(text, []byte("\norder = 1\n"), []byte("\norder = 2\n"), 1)
		require.NoError(t, os.Remove(file))
		renamed := strings.ReplaceAll(filepath.Base(file), "tiny", name)
		require.NoError(t, os.WriteFile(filepath.Join(to, renamed), text, 0o644))
	}
}

// session is a grader watch under way.
type session struct {
	cmd   *exec.Cmd
	stdin io.Closer
	lines *bufio.Scanner
	seen  strings.Builder
}

// exported makes the student kit of the scene's kit.
func (s scene) exported(t *testing.T) string {
	dir := filepath.Join(t.TempDir(), "student")
	cmd := exec.Command(s.program, "export", dir, "--kit", s.kit)
	cmd.Env = s.env(t)
	text, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", text)
	return dir
}

// watched starts grader watch on a student's tree.
func (s scene) watched(t *testing.T, tree string) *session {
	cmd := exec.Command(s.program, "watch", "--kit", tree)
	cmd.Env = s.env(t)
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return &session{cmd: cmd, stdin: stdin, lines: bufio.NewScanner(stdout)}
}

// until reads to the first line that holds all words.
func (s *session) until(t *testing.T, words ...string) {
	t.Helper()
	for s.lines.Scan() {
		s.seen.WriteString(s.lines.Text() + "\n")
		missing := func(word string) bool { return !strings.Contains(s.lines.Text(), word) }
		if !slices.ContainsFunc(words, missing) {
			return
		}
	}
	require.Fail(t, "the session ended", "waiting for a line with %q after:\n%s", words, s.seen.String())
}
