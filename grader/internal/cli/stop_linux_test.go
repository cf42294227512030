package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
)

// submissions is how many a scene's class has.
const submissions = 4

// A class that is stopped in the middle, by Ctrl-C or for good, loses nothing
// that was graded, leaves nobody behind, and the next run ends as if nothing had
// happened. So do two graders that do not know of each other.
func TestStoppedClass(t *testing.T) {
	s := newScene(t)
	code, _ := s.run(t)
	require.Zero(t, code)
	want := timeless(s.rows(t))
	require.Len(t, want, submissions)

	t.Run("interrupt", func(t *testing.T) {
		s := s.anew(t)
		cmd := s.stop(t, os.Interrupt)
		require.Equal(t, exitInterrupted, cmd.ProcessState.ExitCode())
		require.Empty(t, s.alive(t), "processes after the grader")
		class, err := results.ReadFile(filepath.Join(s.out, "results.json"))
		require.NoError(t, err)
		require.Equal(t, s.written(t), class.Submissions)
		require.Equal(t, len(want)-len(class.Submissions), class.Unfinished)
		require.Empty(t, rooms(t, s.tmp))
		s.resume(t, want)
	})
	t.Run("kill", func(t *testing.T) {
		s := s.anew(t)
		cmd := s.stop(t, os.Kill)
		require.Equal(t, syscall.SIGKILL, cmd.ProcessState.Sys().(syscall.WaitStatus).Signal())
		require.Eventually(t, func() bool { return len(s.alive(t)) == 0 }, 30*time.Second, 10*time.Millisecond)
		require.Len(t, rooms(t, s.tmp), 1)
		s.resume(t, want)
		require.Empty(t, rooms(t, s.tmp), "the dead grader's files")
	})
	t.Run("two graders", func(t *testing.T) {
		s := s.anew(t)
		var both [2]*exec.Cmd
		var says [2]*bytes.Buffer
		for i := range both {
			both[i], says[i] = s.grader(t)
			require.NoError(t, both[i].Start())
		}
		for i := range both {
			require.NoError(t, both[i].Wait(), says[i])
		}
		require.Equal(t, want, timeless(s.rows(t)))
		require.Len(t, s.written(t), len(want))
		requireWhole(t, s.cache)
	})
}

// stop stops a grader by sig when it has graded something, is at work on something
// else, and has more to do after that.
func (s *scene) stop(t *testing.T, sig os.Signal) *exec.Cmd {
	s.args = []string{"--jobs", "1"}
	cmd, stderr := s.grader(t)
	require.NoError(t, cmd.Start())
	send := func(sig os.Signal) { require.NoError(t, cmd.Process.Signal(sig), stderr) }
	frozen := func() bool {
		send(syscall.SIGSTOP) // or it would go on while it is looked at
		n := len(s.written(t))
		if n > 0 && n < submissions-1 && len(s.alive(t)) > 0 {
			return true
		}
		send(syscall.SIGCONT)
		return false
	}
	for began := time.Now(); !frozen(); time.Sleep(2 * time.Millisecond) {
		require.Less(t, time.Since(began), 3*time.Minute, stderr)
	}
	send(sig)
	send(syscall.SIGCONT)
	require.Error(t, cmd.Wait())
	t.Logf("%s", stderr)
	return cmd
}

// resume runs the same command again. What was graded before is not graded
// again: even its times are the same.
func (s scene) resume(t *testing.T, want []results.Grade) {
	before := s.written(t)
	require.NotEmpty(t, before)
	require.Less(t, len(before), len(want))
	requireWhole(t, s.cache)
	code, _ := s.run(t)
	require.Zero(t, code)
	rows := s.rows(t)
	for _, b := range before {
		require.Contains(t, rows, b)
	}
	require.Equal(t, want, timeless(rows))
}

func rooms(t *testing.T, tmp string) []string {
	all, err := filepath.Glob(filepath.Join(tmp, "gorutinas-*"))
	require.NoError(t, err)
	return all
}
