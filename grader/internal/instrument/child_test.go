package instrument

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Tests of rewritten programs run in processes of their own.

// endurance bounds what one process may cost.
const endurance = time.Minute

// longer is for processes that have much to do.
const longer = 30 * time.Minute

// outcome is what a process left behind.
type outcome struct {
	output   string
	failed   bool // it ended by itself, and not well
	Findings []struct{ Verdict string }
}

// command runs one test of a binary; env tells it what to do.
func command(t *testing.T, limit time.Duration, binary, test, env string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, binary, "-test.run=^"+test+"$")
	cmd.Env = []string{env, "GORACE=atexit_sleep_ms=0 halt_on_error=1"}
	return cmd
}

func run(cmd *exec.Cmd) outcome {
	out, err := cmd.CombinedOutput()
	return outcome{output: string(out), failed: err != nil && cmd.ProcessState != nil && cmd.ProcessState.Exited()}
}

// grade runs cmd as the grader would and reads what is reported to it.
func grade(t *testing.T, cmd *exec.Cmd, seed int) outcome {
	t.Helper()
	orders, told := pipe(t)
	reported, report := pipe(t)
	_, err := fmt.Fprintf(told, `{"nonce":"1","seed":%d}`, seed)
	require.NoError(t, err)
	told.Close()
	record := make(chan []byte, 1)
	go func() {
		text, _ := io.ReadAll(reported)
		record <- text
	}()
	cmd.Args = append(cmd.Args, "-probe.grader")
	cmd.ExtraFiles = []*os.File{orders, report}
	o := run(cmd)
	orders.Close()
	report.Close()
	if text := <-record; len(text) > 0 {
		require.NoError(t, json.Unmarshal(text, &o))
	}
	return o
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	require.NoError(t, err)
	t.Cleanup(func() { r.Close(); w.Close() })
	return r, w
}
