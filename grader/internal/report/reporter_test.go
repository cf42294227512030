package report

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
)

// GORUTINAS_REPORTER is a directory with a checkout of
// github.com/classroom-resources/autograding-grading-reporter@v1; it needs Node.
// The recorded output in testdata is that program's own: what it says of a grade
// is what GitHub Classroom takes for the grade.
func TestReporterReadsClassroom(t *testing.T) {
	for _, tt := range []struct {
		name    string
		class   results.Class
		exit    int
		notices string
	}{
		{"passing", classOf(perfect()), 0, "Points 20/20"},
		{"partial", classOf(partial()), 1, "Points 14/70"},
		{"failing", classOf(failing()), 1, "Points 0/20"},
		{"ungraded", classOf(starved()), 1, "Points 0/10"},
		{"unboxed", unboxed(perfect()), 0, "Points 20/20"},
		{"hostile", classOf(hostile()), 1, "Points 0/20"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out, exit := runReporter(t, render(t, Options{}, "classroom", tt.class))
			require.Equal(t, tt.exit, exit, "%s", out)
			require.Equal(t, tt.notices, notices(t, out))
			golden(t, "reporter."+tt.name+".txt", out)
		})
	}
}

// runReporter returns the reporter's output and exit code for one step output.
func runReporter(t *testing.T, result []byte) ([]byte, int) {
	t.Helper()
	dir := os.Getenv("GORUTINAS_REPORTER")
	node, err := exec.LookPath("node")
	if dir == "" || err != nil {
		t.Skip("set GORUTINAS_REPORTER to a checkout of autograding-grading-reporter@v1, and install Node")
	}
	cmd := exec.CommandContext(t.Context(), node, filepath.Join(dir, "dist", "main.js"))
	cmd.Env = []string{"INPUT_RUNNERS=grader", "GRADER_RESULTS=" + string(result)}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		require.IsType(t, &exec.ExitError{}, err)
	}
	return out.Bytes(), cmd.ProcessState.ExitCode()
}

var (
	command = regexp.MustCompile(`(?m)^[ \t]*::.*|##\[.*`)
	notice  = regexp.MustCompile(`^::notice title=Autograding (complete|report)::(.*)$`)
)

// notices returns what the first of the reporter's two notices says. They, and
// for a grade that is not full its own error, must be the only workflow commands:
// nothing of the submission's became one.
func notices(t *testing.T, out []byte) string {
	t.Helper()
	var says []string
	for _, c := range command.FindAll(out, -1) {
		if m := notice.FindSubmatch(c); m != nil {
			says = append(says, string(m[2]))
			continue
		}
		require.Regexp(t, `^::error::Some tests (failed|errored)\.$`, string(c))
	}
	require.Len(t, says, 2)
	return says[0]
}
