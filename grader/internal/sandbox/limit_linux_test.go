package sandbox

import (
	"bytes"
	"context"
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// limited prepares an attack under limits, not in a box.
func limited(t *testing.T, args ...string) (cmd *exec.Cmd, mark string) {
	exe, err := self()
	require.NoError(t, err)
	mark = rand.Text()
	cmd = exec.Command(exe, append(append([]string{attackArg}, args...), mark)...)
	cmd.Env = []string{"GORACE=atexit_sleep_ms=0", "KEPT=1"}
	return cmd, mark
}

func TestLimit(t *testing.T) {
	for _, test := range []struct {
		name   string
		limits Limits
		attack string
		want   []Reason
	}{
		{"memory", Limits{Memory: 200 << 20}, "memory", []Reason{Memory}},
		{"cpu", Limits{CPU: 300 * time.Millisecond}, "spin", []Reason{CPU}},
		{"blocked", Limits{Wall: 2 * time.Second}, "block", []Reason{Blocked}},
		{"signals", Limits{Wall: 2 * time.Second}, "ignore", []Reason{Blocked}},
		{"busy", Limits{Wall: 300 * time.Millisecond}, "spin", []Reason{Wall, Starved}},
		{"output", Limits{Output: 5000}, "output", []Reason{Output}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			cmd, mark := limited(t, test.attack)
			cmd.Stdout, cmd.Stderr = &out, &out
			u, err := Limit(cmd, test.limits).Run(t.Context())
			require.NoError(t, err)
			require.Contains(t, test.want, u.Killed)
			require.Empty(t, alive(t, mark))
			if test.limits.Output > 0 {
				require.LessOrEqual(t, int64(out.Len()), test.limits.Output)
			}
		})
	}
}

// The go command itself does little: limits are those of its children too.
func TestLimitMeasuresTheTree(t *testing.T) {
	for _, test := range []struct {
		attack string
		limits Limits
		want   Reason
	}{
		{"memory", Limits{Memory: 200 << 20}, Memory},
		{"spin", Limits{CPU: 300 * time.Millisecond}, CPU},
	} {
		t.Run(test.attack, func(t *testing.T) {
			t.Parallel()
			inner, mark := limited(t, test.attack)
			cmd := exec.Command("/bin/sh", "-c", `"$@"; true`, "sh")
			cmd.Args = append(cmd.Args, inner.Args...)
			u, err := Limit(cmd, test.limits).Run(t.Context())
			require.NoError(t, err)
			require.Equal(t, test.want, u.Killed)
			require.Empty(t, alive(t, mark))
		})
	}
}

// The watchdog comes first, though the kernel counts by another clock.
func TestKernelCPU(t *testing.T) {
	for _, limit := range []time.Duration{300 * time.Millisecond, 20 * time.Second, 4 * time.Minute, time.Hour} {
		kernel := time.Duration(kernelCPU(limit)) * time.Second
		require.Greater(t, kernel, limit+limit/5)
		require.Less(t, kernel, 2*limit+3*time.Second)
	}
}

func TestLimitLeavesNobody(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	cmd, mark := limited(t, "spawn", "block")
	cmd.Stdout = &out // which the one left behind holds open
	u, err := Limit(cmd, Limits{Wall: time.Minute}).Run(t.Context())
	require.NoError(t, err)
	require.Empty(t, u.Killed)
	require.Equal(t, "spawned\n", out.String())
	require.Empty(t, alive(t, mark))
}

func TestLimitPassesOn(t *testing.T) {
	t.Parallel()
	var out, errs strings.Builder
	cmd := exec.Command("/bin/sh", "-c", `cat; echo $KEPT >&2; exit 3`)
	cmd.Env = []string{"KEPT=1"}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader("text"), &out, &errs
	u, err := Limit(cmd, Limits{Wall: time.Minute, Output: 100}).Run(t.Context())
	var exit *exec.ExitError
	require.ErrorAs(t, err, &exit)
	require.Equal(t, 3, exit.ExitCode())
	require.Empty(t, u.Killed)
	require.Equal(t, "text", out.String())
	require.Equal(t, "1\n", errs.String())
}

func TestLimitFileSize(t *testing.T) {
	t.Parallel()
	const limit = 1 << 20
	path := filepath.Join(t.TempDir(), "file")
	cmd, _ := limited(t, "disk", path)
	_, err := Limit(cmd, Limits{Disk: limit, Wall: time.Second}).Run(t.Context())
	require.NoError(t, err)
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.LessOrEqual(t, info.Size(), int64(limit))
}

func TestLimitCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	cmd, mark := limited(t, "ignore")
	_, err := Limit(cmd, Limits{}).Run(ctx)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.Empty(t, alive(t, mark))
}

func TestLimitNoProgram(t *testing.T) {
	_, err := Limit(exec.Command("no-such-program"), Limits{}).Run(t.Context())
	require.ErrorIs(t, err, exec.ErrNotFound)
	_, err = Limit(exec.Command("/nowhere/at/all"), Limits{}).Run(t.Context())
	require.ErrorContains(t, err, "no such file")
}
