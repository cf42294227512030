package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTooLarge(t *testing.T) {
	require.NotEmpty(t, tooLarge("# gorutinas/exercises/balance.test\ntoo much data, last section SCOVERAGE_COUNTER (2306867200, over 2e+09 bytes)\n"))
	require.NotEmpty(t, tooLarge("# gorutinas/exercises/balance\nruntime: goroutine stack exceeds 1000000000-byte limit\nruntime: sp=0x1 stack=[0x1, 0x2]\nfatal error: stack overflow\n"))
	require.Empty(t, tooLarge("# gorutinas/exercises/balance\nexercises/balance/balance.go:7:2: too much data\n"))
}

// What the go command says when the machine fails is no complaint about a
// candidate, and what a candidate makes the compiler say is no machine's fault.
func TestTrouble(t *testing.T) {
	for _, output := range []string{
		"gorutinas/exercises/balance: write /tmp/go-build1/b128/importcfg: no space left on device\n",
		"gorutinas/exercises/balance_test: /usr/local/go/pkg/tool/linux_amd64/compile: signal: killed\n",
		"# gorutinas/exercises/balance.test\n/usr/local/go/pkg/tool/linux_amd64/link: mapping output file failed: no space left on device\n",
		"go: creating work dir: mkdir /tmp/go-build2: read-only file system\n",
		"gorutinas/exercises/balance: fork/exec /usr/local/go/pkg/tool/linux_amd64/compile: resource temporarily unavailable\n",
	} {
		require.Error(t, trouble(output), output)
	}
	for _, output := range []string{
		"",
		"# gorutinas/exercises/balance\nexercises/balance/balance.go:7:2: undefined: x\n",
		"exercises/balance/balance.go:7:2: cannot use \"signal: killed\" as int\n",
		"exercises/balance/balance.go:7:2: not enough arguments in call\n\thave (struct{x int \"signal: killed\"})\n\twant (int)\n",
	} {
		require.NoError(t, trouble(output), output)
	}
}

// builder builds a kit of one small exercise.
func builder(t *testing.T) *Builder {
	kit := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":                              "module gorutinas\n\ngo 1.26.0\n",
		"exercises/internal/probe/probe.go":   "package probe\n",
		"exercises/balance/balance.go":        "package balance\n",
		"exercises/balance/balance_test.go":   "package balance_test\n",
		"exercises/generator/generator.go":    "package generator\n",
		"exercises/generator/all_hid_test.go": "package generator_test\n",
	} {
		path := filepath.Join(kit, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	plain := func(_ context.Context, cmd *exec.Cmd, _ int) (string, error) { return "", cmd.Run() }
	return &Builder{Kit: kit, Limit: plain}
}

// killing is a -toolexec program that kills the tools called name, once or always.
func killing(t *testing.T, name string, always bool) string {
	script := `#!/bin/sh
case "$*" in *-V=full*|*/probe*) exec "$@" ;; esac
if [ "$(basename "$1")" = ` + name + ` ] && [ ! -e "$0.done" ]; then
	` + map[bool]string{false: `touch "$0.done"; `}[always] + `kill -9 $$
fi
exec "$@"
`
	path := filepath.Join(t.TempDir(), "killing")
	require.NoError(t, os.WriteFile(path, []byte(script), 0o700))
	return path
}

// A compiler or a linker that is killed is started again, and when it is killed
// again that is the machine's fault and not the candidate's.
func TestKilledCompiler(t *testing.T) {
	for _, tool := range []string{"compile", "link"} {
		for _, always := range []bool{false, true} {
			b, dir := builder(t), t.TempDir()
			text := fmt.Appendf(nil, "package balance\n\nconst x = %q\n", dir) // not in the build cache
			sources := []Source{{Exercise: "balance", Files: map[string][]byte{"balance.go": text}}}
			wrapped := "-toolexec=" + killing(t, tool, always)
			b.Limit = func(_ context.Context, cmd *exec.Cmd, _ int) (string, error) {
				cmd.Args = append(append(cmd.Args[:2:2], wrapped), cmd.Args[2:]...)
				return "", cmd.Run()
			}
			got, err := b.Build(t.Context(), dir, sources)
			if always {
				require.ErrorContains(t, err, "the machine kept the compiler from finishing, twice", tool)
			} else {
				require.NoError(t, err, tool)
				require.Nil(t, got["balance"].Problem, tool)
				require.FileExists(t, got["balance"].Path, tool)
			}
			left, err := filepath.Glob(filepath.Join(dir, "go-*"))
			require.NoError(t, err)
			require.Empty(t, left, "the go command's files")
		}
	}
}

// So it is when the go command itself is ended from outside.
func TestKilledGoCommand(t *testing.T) {
	sources := []Source{{Exercise: "balance", Files: map[string][]byte{"balance.go": []byte("package balance\n")}}}
	b := builder(t)
	plain, ended := b.Limit, 0
	b.Limit = func(ctx context.Context, cmd *exec.Cmd, packages int) (string, error) {
		if ended++; ended == 1 {
			return "", errors.New("killed")
		}
		return plain(ctx, cmd, packages)
	}
	got, err := b.Build(t.Context(), t.TempDir(), sources)
	require.NoError(t, err)
	require.Nil(t, got["balance"].Problem)

	b.Limit = func(context.Context, *exec.Cmd, int) (string, error) { return "", errors.New("killed") }
	_, err = b.Build(t.Context(), t.TempDir(), sources)
	require.ErrorContains(t, err, "killed")
}

// What costs too much together is built one by one, each under the limits of one.
func TestStoppedCompiler(t *testing.T) {
	b, plain := builder(t), builder(t).Limit
	var told []int
	b.Limit = func(ctx context.Context, cmd *exec.Cmd, packages int) (string, error) {
		if told = append(told, packages); packages > 1 || cmd.Args[len(cmd.Args)-1] == "./exercises/generator" {
			return "it needed more than 1s of processor time", nil
		}
		return plain(ctx, cmd, packages)
	}
	got, err := b.Build(t.Context(), t.TempDir(), []Source{
		{Exercise: "balance", Files: map[string][]byte{"balance.go": []byte("package balance\n")}},
		{Exercise: "generator", Files: map[string][]byte{"generator.go": []byte("package generator\n")}},
	})
	require.NoError(t, err)
	require.Nil(t, got["balance"].Problem)
	require.Equal(t, "the compiler was stopped: it needed more than 1s of processor time", got["generator"].Problem.Message)
	require.Equal(t, []int{2, 1, 1}, told)
}
