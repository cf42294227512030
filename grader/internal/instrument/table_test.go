package instrument

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
)

// row is a bug, by its name in testdata/table, and the verdict of an exploration:
// "race" where the race detector has it.
type row struct{ bug, verdict string }

var rows = []row{
	{"unlocked counter", "race"},
	{"publish, then lock", "race"},
	{"unlocked reader", "race"},
	{"atomic load, then store", "fail"},
	{"check and act in two critical sections", "fail"},
	{"get-or-create cache", "fail"},
	{"opposite lock order", "deadlock"},
}

// soon is how many schedules it takes at most to find one of them.
const soon = 4

// TestTable: what the race detector finds sometimes, and what it never finds, an
// exploration finds in every process.
func TestTable(t *testing.T) {
	t.Parallel()
	processes := 100
	if testing.Short() {
		processes = 5
	}
	bin := buildTable(t)
	for _, r := range rows {
		t.Run(r.bug, func(t *testing.T) {
			var g errgroup.Group
			g.SetLimit(4)
			for seed := range processes {
				g.Go(func() error { return r.caught(grade(t, r.command(t, bin, "explored"), seed)) })
			}
			require.NoError(t, g.Wait())
			if r.verdict != "race" {
				r.staysHidden(t, bin, max(processes/20, 1))
			}
		})
	}
}

func (r row) command(t *testing.T, bin, how string) *exec.Cmd {
	t.Helper()
	return command(t, endurance, filepath.Join(bin, how+".test"), "TestBug", "BUG="+r.bug)
}

const raceReport = "WARNING: DATA RACE"

// caught returns an error unless an exploration has found the bug, and soon.
func (r row) caught(o outcome) error {
	if r.verdict == "race" {
		if !strings.Contains(o.output, raceReport) {
			return fmt.Errorf("no race was reported: %s", o.output)
		}
		return nil
	}
	if len(o.Findings) == 0 || o.Findings[0].Verdict != r.verdict {
		return fmt.Errorf("got %v, want verdict %s: %s", o.Findings, r.verdict, o.output)
	}
	if n := schedule(o.output); n < 1 || n > soon {
		return fmt.Errorf("schedule %d found it, want at most %d: %s", n, soon, o.output)
	}
	return nil
}

var foundBy = regexp.MustCompile(`schedule (\d+) found it`)

// schedule is the number of the schedule that found something, 0 for none.
func schedule(output string) int {
	n := 0
	if m := foundBy.FindStringSubmatch(output); m != nil {
		n, _ = strconv.Atoi(m[1])
	}
	return n
}

// staysHidden requires that the race detector alone reports nothing: there is no
// data race. (A deadlock may happen, and counts as nothing reported.)
func (r row) staysHidden(t *testing.T, bin string, processes int) {
	t.Helper()
	for range processes {
		require.NotContains(t, run(r.command(t, bin, "plain")).output, raceReport)
	}
}

// buildTable builds the bugs twice with -race: rewritten, to be explored, and as
// they are.
func buildTable(t *testing.T) (bin string) {
	t.Helper()
	source, scenarios := file(t, "table/bugs.go"), file(t, "table/scenarios.go")
	files := map[string][]byte{
		"plain/bugs.go":    source,
		"explored/bugs.go": rewriteChecked(t, "bugs", map[string][]byte{"bugs.go": source}, false)["bugs.go"],
	}
	for _, how := range []string{"explored", "plain"} {
		files[how+"/scenarios_test.go"] = scenarios
		files[how+"/bugs_test.go"] = file(t, "table/"+how+".go")
	}
	bin = t.TempDir()
	out, err := goCommand(t, files, "test", "-c", "-race", "-vet=off", "-o", bin+"/")
	require.NoError(t, err, out)
	return bin
}

// file reads a file of testdata.
func file(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	return text
}
