package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fsnotify/fsnotify"
	"github.com/stretchr/testify/require"
)

// A save is graded without being asked, however the editor saves, and a solved
// exercise leads to the next unsolved one.
func TestWatchedSaves(t *testing.T) {
	s := newScene(t)
	addTwin(t, s.kit, "later", 2)
	addTwin(t, s.kit, "last", 3)
	student := s.exported(t)
	save(t, student, "later")

	w := s.watched(t, student)
	w.until(t, "tiny", "0/10")
	save(t, student, "tiny")
	w.until(t, "tiny", "10/10")
	w.until(t, "last", "0/10")
	file := source(student, "last")
	require.NoError(t, os.WriteFile(file+"~", right("last"), 0o644))
	require.NoError(t, os.Rename(file+"~", file))
	w.until(t, "last", "10/10")
	w.until(t, "last is solved")
	w.quit(t)
	require.NotContains(t, w.seen.String(), "later")
}

// An exercise that is solved can be watched too: nothing leads away from it.
func TestWatchedWhenSolved(t *testing.T) {
	s := newScene(t)
	addTwin(t, s.kit, "later", 2)
	student := s.exported(t)
	save(t, student, "tiny")

	w := s.watched(t, student, "tiny")
	w.until(t, "tiny is solved")
	w.until(t, "Saving grades again")
	save(t, student, "tiny")
	w.until(t, "tiny is solved")
	w.quit(t)
	require.NotContains(t, w.seen.String(), "later")
}

func TestSaves(t *testing.T) {
	for name, want := range map[string]bool{
		"balance.go": true, "helper.go": true,
		"balance.go~": false, ".balance.go.swp": false, ".#balance.go": false, "4913": false,
	} {
		require.Equal(t, want, isSave(fsnotify.Event{Name: "exercises/balance/" + name, Op: fsnotify.Create}), name)
	}
	require.False(t, isSave(fsnotify.Event{Name: "balance.go", Op: fsnotify.Chmod}))
}

func source(student, name string) string {
	return filepath.Join(student, "exercises", name, name+".go")
}

func right(name string) []byte {
	return []byte("package " + name + "\n\nfunc One() int { return 1 }\n\nfunc Two() int { return 2 }\n")
}

// save writes what solves the exercise called name.
func save(t *testing.T, student, name string) {
	require.NoError(t, os.WriteFile(source(student, name), right(name), 0o644))
}

// addTwin gives a kit of the exercise tiny another one like it.
func addTwin(t *testing.T, kit, name string, order int) {
	from, to := filepath.Join(kit, "exercises/tiny"), filepath.Join(kit, "exercises", name)
	require.NoError(t, os.CopyFS(to, os.DirFS(from)))
	files, err := filepath.Glob(filepath.Join(to, "*"))
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		text = bytes.ReplaceAll(text, []byte("tiny"), []byte(name))
		text = bytes.Replace(text, []byte("\norder = 1\n"), fmt.Appendf(nil, "\norder = %d\n", order), 1)
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
func (s scene) watched(t *testing.T, tree string, args ...string) *session {
	cmd := exec.Command(s.program, append([]string{"watch", "--kit", tree}, args...)...)
	cmd.Env = s.env(t)
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return &session{cmd: cmd, stdin: stdin, lines: bufio.NewScanner(stdout)}
}

// quit ends the session as the student does who closes the terminal's input, and reads
// what is left of its output.
func (s *session) quit(t *testing.T) {
	require.NoError(t, s.stdin.Close())
	for s.lines.Scan() {
		s.seen.WriteString(s.lines.Text() + "\n")
	}
	require.NoError(t, s.cmd.Wait())
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
