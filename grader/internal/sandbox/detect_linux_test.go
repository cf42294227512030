package sandbox

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDetect(t *testing.T) {
	_, err := Detect(t.Context(), "strict")
	require.ErrorContains(t, err, "auto, full, basic or none")
	none, err := Detect(t.Context(), "none")
	require.NoError(t, err)
	require.Equal(t, None, none.Tier())
	require.Equal(t, "none was asked for", none.Why())
	if basic, err := Detect(t.Context(), "basic"); err == nil {
		require.Equal(t, "basic was asked for", basic.Why())
	}
	if full, err := Detect(t.Context(), "full"); err == nil {
		require.Empty(t, full.Why(), "nothing is better")
	}
	whatever, err := DetectAny(t.Context())
	require.NoError(t, err)

	best, err := Detect(t.Context(), Auto)
	if err != nil {
		require.ErrorContains(t, err, "--sandbox none")
		require.Equal(t, None, whatever.Tier())
		require.NotEmpty(t, whatever.Why())
		t.Skip(err)
	}
	require.NotEqual(t, None, best.Tier())
	require.Equal(t, best.Tier(), whatever.Tier())
	require.Equal(t, best.Tier() == Full, best.Why() == "")
}

// A self-test would count for nothing if what it tries were refused anyway.
func TestSelfTestFindsEveryWayOut(t *testing.T) {
	targets, done, err := setTargets()
	require.NoError(t, err)
	defer done()
	b := Box{tier: None}
	got, err := b.try(t.Context(), targets)
	require.NoError(t, err)
	require.Empty(t, got.Broken)
	for _, way := range []string{"read a file", "list a directory", "write a file", "machine's network", "a socket", "execute", "signal"} {
		require.Contains(t, strings.Join(got.Open, ", "), way)
	}
}

// TestUnprivileged is all of these tests for a user who is not root.
func TestUnprivileged(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("not root already")
	}
	if testing.Short() {
		t.Skip("takes as long as all the others")
	}
	dir, err := os.MkdirTemp("", "unprivileged-")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o777))
	exe, err := self()
	require.NoError(t, err)
	binary, err := os.ReadFile(exe)
	require.NoError(t, err)
	copied := filepath.Join(dir, "sandbox.test")
	require.NoError(t, os.WriteFile(copied, binary, 0o755))
	require.NoError(t, os.Chmod(copied, 0o755))

	cmd := exec.CommandContext(t.Context(), copied)
	cmd.Dir = dir
	cmd.Env = []string{"HOME=" + dir, "TMPDIR=" + dir, "PATH=" + os.Getenv("PATH"), "GORACE=atexit_sleep_ms=0"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 54321, Gid: 54321}}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}
