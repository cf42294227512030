package sandbox

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// boxes are those that this machine offers to this user, also when a better
// one makes them needless.
func boxes(t *testing.T, f func(t *testing.T, b *Box)) {
	for _, b := range append(available(), Box{tier: None}) {
		t.Run(strings.ReplaceAll(b.name(), " ", "_"), func(t *testing.T) {
			t.Parallel()
			if err := b.selfTest(t.Context()); err != nil {
				t.Skipf("not on this machine: %v", err)
			}
			f(t, &b)
		})
	}
}

// attack runs an attack in a box and then makes sure that nothing of it lives.
func attack(t *testing.T, b *Box, l Limits, name string, args ...string) Result {
	t.Helper()
	r, err := tryAttack(t.Context(), t, b, l, name, args...)
	require.NoError(t, err)
	return r
}

func tryAttack(ctx context.Context, t *testing.T, b *Box, l Limits, name string, args ...string) (Result, error) {
	t.Helper()
	exe, err := self()
	require.NoError(t, err)
	mark := rand.Text()
	r, err := b.Run(ctx, Command{
		Path:   exe,
		Args:   append(append([]string{attackArg, name}, args...), mark),
		Env:    []string{"GORACE=atexit_sleep_ms=0"},
		Input:  []byte("some input"),
		Limits: l,
	})
	require.Empty(t, alive(t, mark), "processes after the run")
	return r, err
}

// alive lists the processes with mark among their arguments.
func alive(t *testing.T, mark string) (pids []string) {
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	require.NoError(t, err)
	for _, f := range files {
		if line, _ := os.ReadFile(f); bytes.Contains(line, []byte(mark)) {
			pids = append(pids, f)
		}
	}
	return pids
}

func TestRunHandsOver(t *testing.T) {
	boxes(t, func(t *testing.T, b *Box) {
		r := attack(t, b, Limits{}, "hello")
		require.Equal(t, "to stdout\nto stderr\n", string(r.Output))
		require.Equal(t, "got some input", string(r.Record))
		require.Equal(t, 3, r.Exit)
		require.Empty(t, r.Signal)
		require.Empty(t, r.Killed)
		require.False(t, r.Truncated)
	})
}

func TestRunEnvironment(t *testing.T) {
	t.Setenv("SECRET", "of the grader")
	for _, b := range append(available(), Box{tier: None}) {
		if b.selfTest(t.Context()) == nil {
			r := attack(t, &b, Limits{}, "environ")
			require.Equal(t, `["GORACE=atexit_sleep_ms=0"] "GORACE=atexit_sleep_ms=0\x00"`, string(r.Output), b.name())
		}
	}
}

// Whoever starts a grader may leave descriptors open in it.
func TestRunInheritsNothing(t *testing.T) {
	fd, err := unix.Open("/etc/passwd", unix.O_RDONLY, 0) // not close-on-exec
	require.NoError(t, err)
	t.Cleanup(func() { _ = unix.Close(fd) })
	boxes(t, func(t *testing.T, b *Box) {
		r := attack(t, b, Limits{}, "descriptors")
		require.Contains(t, string(r.Output), "pipe:")
		require.NotContains(t, string(r.Output), "passwd")
	})
}

func TestRunLimits(t *testing.T) {
	for _, test := range []struct {
		attack string
		limits Limits
		want   []Reason
		says   string
	}{
		{"output", Limits{Output: 5000}, []Reason{Output}, "xxxx"},
		{"memory", Limits{Memory: 200 << 20}, []Reason{Memory}, ""},
		{"spin", Limits{CPU: 300 * time.Millisecond, Wall: time.Minute}, []Reason{CPU}, "goroutine "},
		{"block", Limits{Wall: 2 * time.Second}, []Reason{Blocked}, "sync.(*Mutex).Lock"},
		{"ignore", Limits{Wall: 2 * time.Second}, []Reason{Blocked}, ""},
		{"stop", Limits{Wall: 2 * time.Second}, []Reason{Blocked}, ""},
		{"poll", Limits{Wall: 500 * time.Millisecond}, []Reason{Wall, Starved}, ""},
		{"spin", Limits{CPU: time.Minute, Wall: 500 * time.Millisecond}, []Reason{Wall, Starved}, ""},
		{"threads", Limits{Threads: 100, Wall: time.Minute}, []Reason{Threads}, ""},
		{"files", Limits{Files: 100, Wall: time.Minute}, []Reason{Files}, ""},
	} {
		t.Run(test.attack, func(t *testing.T) {
			t.Parallel()
			boxes(t, func(t *testing.T, b *Box) {
				r := attack(t, b, test.limits, test.attack)
				require.Contains(t, test.want, r.Killed, "%+v\n%s", r, r.Output)
				require.Contains(t, string(r.Output), test.says)
				require.LessOrEqual(t, len(r.Output), 1<<20+dumpCap)
			})
		})
	}
}

func TestRunOutputIsCapped(t *testing.T) {
	boxes(t, func(t *testing.T, b *Box) {
		r := attack(t, b, Limits{Output: 5000}, "output")
		require.Len(t, r.Output, 5000)
		require.True(t, r.Truncated)
		require.Equal(t, "killed", r.Signal)
		require.Equal(t, -1, r.Exit)
	})
}

func TestRunDisk(t *testing.T) {
	boxes(t, func(t *testing.T, b *Box) {
		const limit = 1 << 20
		path := "/tmp/file"
		if b.tier == None {
			path = filepath.Join(t.TempDir(), "file")
		}
		r := attack(t, b, Limits{Disk: limit, Wall: 2 * time.Second}, "disk", path)
		switch b.tier {
		case Full:
			require.Equal(t, Disk, r.Killed)
		case Basic:
			require.Contains(t, string(r.Output), "permission denied")
		case None:
			info, err := os.Stat(path)
			require.NoError(t, err)
			require.LessOrEqual(t, info.Size(), int64(limit))
		}
	})
}

func TestRunRefuses(t *testing.T) {
	targets, done, err := setTargets()
	require.NoError(t, err)
	t.Cleanup(done)
	home, err := os.UserHomeDir()
	require.NoError(t, err)
	grader := fmt.Sprint(os.Getpid())
	for _, test := range []struct {
		attack string
		args   []string
		none   bool // refused without a box too
	}{
		{"read", []string{
			"/etc/passwd", "/etc/hostname", "/root", "/home", "/sys", home, targets.File, targets.Dir,
			"/proc/1/environ", "/proc/self/root/etc/passwd", "/proc/self/cwd/../etc/passwd", "/proc/sys/kernel/hostname",
		}, false},
		{"connect", []string{"tcp " + targets.TCP, "unix " + targets.Unix, "tcp 192.0.2.1:80", "udp 192.0.2.1:53"}, false},
		{"grader", []string{grader}, false},
		{"processes", nil, true},
		{"again", nil, false},
	} {
		t.Run(test.attack, func(t *testing.T) {
			boxes(t, func(t *testing.T, b *Box) {
				if b.tier == None && !test.none {
					t.Skip("nothing refuses it")
				}
				r := attack(t, b, Limits{}, test.attack, test.args...)
				require.Zero(t, r.Exit, "got through: %s", r.Output)
				require.Empty(t, r.Signal)
			})
		})
	}
}

func TestRunLoopbackInFull(t *testing.T) {
	boxes(t, func(t *testing.T, b *Box) {
		r := attack(t, b, Limits{}, "loopback")
		require.Equal(t, b.tier != Basic, r.Exit == 0, string(r.Output))
	})
}

func TestRunCancelled(t *testing.T) {
	boxes(t, func(t *testing.T, b *Box) {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		_, err := tryAttack(ctx, t, b, Limits{Wall: time.Minute}, "ignore")
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
}

func TestRunCrash(t *testing.T) {
	boxes(t, func(t *testing.T, b *Box) {
		r := attack(t, b, Limits{}, "crash")
		require.Equal(t, 2, r.Exit)
		require.Contains(t, string(r.Output), "panic: crashed")
	})
}

func TestRunNoProgram(t *testing.T) {
	boxes(t, func(t *testing.T, b *Box) {
		_, err := b.Run(t.Context(), Command{Path: "/nowhere"})
		require.ErrorContains(t, err, "/nowhere")
		_, err = b.Run(t.Context(), Command{Path: "/etc/passwd"})
		require.ErrorContains(t, err, "not a program")
	})
}
