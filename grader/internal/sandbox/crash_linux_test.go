package sandbox

import (
	"context"
	"crypto/rand"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// grade is a grader that runs a program until it is itself killed.
func grade(args []string) int {
	exe, err := self()
	if err != nil {
		return 1
	}
	for _, b := range append(available(), Box{tier: None}) {
		if b.name() == args[0] {
			_, _ = b.Run(context.Background(), Command{
				Path:   exe,
				Args:   []string{attackArg, "ignore", args[1]},
				Limits: Limits{Wall: time.Minute},
			})
		}
	}
	return 0
}

// compile is a grader that runs a compiler under limits until it is itself
// killed. The compiler has started another process that works.
func compile(args []string) int {
	exe, err := self()
	if err != nil {
		return 1
	}
	cmd := exec.Command("/bin/sh", "-c", `"$@" & wait`, "sh", exe, attackArg, "ignore", args[0])
	_, _ = Limit(cmd, Limits{}).Run(context.Background())
	return 0
}

func TestLimitEndsWithTheGrader(t *testing.T) {
	exe, err := self()
	require.NoError(t, err)
	mark := rand.Text()
	grader := exec.Command(exe, attackArg, "compile", mark)
	require.NoError(t, grader.Start())
	running := func() bool { return len(alive(t, attackArg+"\x00ignore\x00"+mark)) >= 2 } // the shell and what it started
	require.Eventually(t, running, 20*time.Second, 5*time.Millisecond)
	require.NoError(t, grader.Process.Kill())
	require.Error(t, grader.Wait())
	require.Eventually(t, func() bool { return len(alive(t, mark)) == 0 }, 20*time.Second, 5*time.Millisecond)
}

func TestRunEndsWithTheGrader(t *testing.T) {
	boxes(t, func(t *testing.T, b *Box) {
		exe, err := self()
		require.NoError(t, err)
		mark := rand.Text()
		grader := exec.Command(exe, attackArg, "grade", b.name(), mark)
		require.NoError(t, grader.Start())
		running := func() bool { return len(alive(t, "ignore\x00"+mark)) > 0 }
		require.Eventually(t, running, 20*time.Second, 5*time.Millisecond)
		require.NoError(t, grader.Process.Kill())
		require.Error(t, grader.Wait())
		require.Eventually(t, func() bool { return len(alive(t, mark)) == 0 }, 20*time.Second, 5*time.Millisecond)
	})
}
