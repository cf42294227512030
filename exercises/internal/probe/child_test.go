package probe

import (
	"os"
	"os/exec"
	"testing"
)

const childVariable = "PROBE_TEST"

// role is what this process of a test is to do; "" in the one that go test started.
func role() string { return os.Getenv(childVariable) }

// inChild runs t's test as role in a process of its own.
func inChild(t *testing.T, role string) (output string, exit int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), childVariable+"="+role)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}
