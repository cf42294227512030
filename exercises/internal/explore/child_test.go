package explore

import (
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gorutinas/exercises/internal/probe"
)

// Tests that are to fail run in a process of their own, as the grader would
// start it.

const childVariable = "EXPLORE_CHILD"

var children = map[string]func(t *testing.T){}

func TestChild(t *testing.T) {
	f := children[os.Getenv(childVariable)]
	if f == nil {
		t.Skip("run by other tests")
	}
	probe.Check(t)
	f(t)
}

// childResult is what a child left behind.
type childResult struct {
	output   string
	exit     int
	Passed   int
	Findings []probe.Finding
	Flags    []string
}

func runChild(t *testing.T, name string) (r childResult) {
	t.Helper()
	orders, record := pipe(t), pipe(t)
	if _, err := orders.w.WriteString(`{"nonce":"1","seed":7}`); err != nil {
		t.Fatal(err)
	}
	orders.w.Close()
	cmd := exec.Command(os.Args[0], "-test.run=^TestChild$", "-probe.grader")
	cmd.Env = []string{childVariable + "=" + name, "GORACE=atexit_sleep_ms=0"}
	cmd.ExtraFiles = []*os.File{orders.r, record.w}
	out, err := cmd.CombinedOutput()
	record.w.Close()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	r.output, r.exit = string(out), cmd.ProcessState.ExitCode()
	if err := json.NewDecoder(record.r).Decode(&r); err != nil && !strings.Contains(err.Error(), "EOF") {
		t.Fatal(err)
	}
	return r
}

type pipeEnds struct{ r, w *os.File }

func pipe(t *testing.T) pipeEnds {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close(); w.Close() })
	return pipeEnds{r, w}
}
