package mutant

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Each row is the body of a function, and what can be got wrong in it.
func TestMistakes(t *testing.T) {
	for _, row := range []struct {
		name, body string
		want       []string
	}{
		{"deferred unlock", "mu.Lock()\ndefer mu.Unlock()\nif n == 0 {\nreturn\n}\nn--", []string{
			"drop lock: mu.Lock() … defer mu.Unlock() → …",
			"Lock to RLock: mu.Lock() … mu.Unlock() → mu.RLock() … mu.RUnlock()",
			"drop call: defer mu.Unlock() → nothing",
			"split critical section: nothing → mu.Unlock(); mu.Lock();",
		}},
		{"one step cannot be split", "mu.RLock()\nn++\nmu.RUnlock()", []string{
			"drop lock: mu.RLock() … mu.RUnlock() → …",
			"drop call: mu.RUnlock() → nothing",
		}},
		{"a return that only names its result", "mu.RLock()\nv := f()\nreturn v\nmu.RUnlock()", []string{
			"drop lock: mu.RLock() … mu.RUnlock() → …",
			"split critical section: nothing → mu.RUnlock(); mu.RLock();",
			"drop call: mu.RUnlock() → nothing",
		}},
		{"WaitGroup", "wg.Add(1)\ngo func() { defer wg.Done() }()\nwg.Wait()", []string{
			"drop call: wg.Add(1) → nothing",
			"Add inside the goroutine: wg.Add(1) … → … wg.Add(1);",
			"atomic Add to Load and Store: wg.Add(1) → wg.Store(wg.Load() + 1)",
			"go to call: go → nothing",
			"drop call: defer wg.Done() → nothing",
			"defer to now: defer → nothing",
			"drop call: wg.Wait() → nothing",
		}},
		{"a Go of another kind", "worker.Go()", nil},
		{"compare and swap", "n.CompareAndSwap(a, b)", []string{
			"CompareAndSwap to Store: n.CompareAndSwap(a, b) → func() bool { n.Store(b); return true }()",
		}},
		{"channels", "a := make(chan int)\nb := make(chan int, 1)\nc := make(chan int, n)", []string{
			"channel's buffer: make(chan int) → make(chan int, 1)",
			"channel's buffer: make(chan int, 1) → make(chan int)",
			"channel's buffer: make(chan int, n) → make(chan int, (n)+1)",
			"channel's buffer: make(chan int, n) → make(chan int, max(0, int(n)-1))",
		}},
		{"select", "select {\ncase <-a:\ncase <-b:\n}", []string{
			"drop select case: case <-a: → nothing",
			"drop select case: case <-b: → nothing",
			"add default to select: nothing → default:",
		}},
		{"Cond", "for busy {\nc.Wait()\n}\nc.Broadcast()", []string{
			"for to if around Wait: for → if",
			"drop call: c.Wait() → nothing",
			"drop call: c.Broadcast() → nothing",
			"Broadcast to Signal: c.Broadcast() → c.Signal()",
		}},
		{"contexts", "ctx, cancel := context.WithCancel(ctx)\ndefer cancel()\nf(ctx)\nf(context.Background())", []string{
			"context's parent: ctx → context.WithoutCancel(ctx)",
			"drop call: defer cancel() → nothing",
			"defer to now: defer → nothing",
			"context's parent: ctx → context.WithoutCancel(ctx)",
		}},
		{"off by one", "_ = a < b", []string{"off by one: < → <="}},
		{"send and close", "c <- 1\nclose(c)", []string{
			"swap send and close: c <- 1 … close(c) → close(c) … c <- 1",
			"drop call: close(c) → nothing",
		}},
		{"clean-up", "if bad {\nleft--\nreturn\n}", []string{"drop clean-up: left-- → nothing"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			all, err := All([]byte("package p\n\nfunc f() {\n" + row.body + "\n}\n"))
			require.NoError(t, err)
			var got []string
			for _, m := range all {
				got = append(got, fmt.Sprintf("%s: %s → %s", m.Operator, oneLine(m.Was), oneLine(m.Is)))
			}
			require.Equal(t, row.want, got)
		})
	}
}

// A schema is each of its mutants in turn, and none for 0. It leaves out what
// cannot be called by another name.
func TestSchema(t *testing.T) {
	src, err := os.ReadFile("testdata/program.go")
	require.NoError(t, err)
	mutants, err := All(src)
	require.NoError(t, err)
	schema, numbers, err := Schema(src, mutants)
	require.NoError(t, err)
	require.Equal(t, []int{1, 2, 3, 0}, numbers, "%v", mutants)
	require.Equal(t, []string{
		"0: true true true",
		"1: false true true",
		"2: true false true",
		"3: true true false",
		"4: true true true",
	}, outputs(t, schema, len(mutants)))
}

// outputs runs program as each of n mutants and as the original.
func outputs(t *testing.T, program []byte, n int) (lines []string) {
	t.Helper()
	dir := t.TempDir()
	selector := fmt.Sprintf("package main\n\nimport (\"os\"; \"strconv\")\n\nvar %s, _ = strconv.Atoi(os.Args[1])\n", Selector)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "program.go"), program, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "selector.go"), []byte(selector), 0o600))
	binary := filepath.Join(dir, "program")
	out, err := exec.Command("go", "build", "-o", binary, filepath.Join(dir, "program.go"), filepath.Join(dir, "selector.go")).CombinedOutput()
	require.NoError(t, err, "%s", out)
	for i := range n + 1 {
		out, err := exec.Command(binary, fmt.Sprint(i)).Output()
		require.NoError(t, err)
		lines = append(lines, fmt.Sprintf("%d: %s", i, oneLine(string(out))))
	}
	return lines
}
