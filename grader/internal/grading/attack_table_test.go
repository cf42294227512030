package grading

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
)

var update = flag.Bool("update", false, "write the table of attacks anew, from all tiers that this machine has")

// tiers in the order of the table's columns.
var tiers = []string{"full", "basic", "none"}

// attackTable is what became of each attack in each tier.
type attackTable map[string]map[string]results.Grade

func (a attackTable) add(tier string, g results.Grade) {
	if a[g.ID] == nil {
		a[g.ID] = map[string]results.Grade{}
	}
	a[g.ID][tier] = g
}

const tableHead = `# Attacks

Each folder is a submission that tries to earn points, or to do harm. This table
is what one run of the tests found on Linux, as root: verdict and points in each
tier of the sandbox, and what the student was told. After every run nothing of a
submission was left: no process, no file, no connection to the machine. In the tier
none only those run that attack the verdict alone.

Written by ` + "`go test ./grader/internal/grading -run TestAttacks -update`" + `.

| attack | what it tries | full | basic | none | what the student is told |
|---|---|---|---|---|---|
`

func (a attackTable) write(t *testing.T) {
	var b strings.Builder
	b.WriteString(tableHead)
	for _, dir := range attackNames(t) {
		fmt.Fprint(&b, tableRow(t, dir))
		for _, tier := range tiers {
			fmt.Fprintf(&b, "| %s ", outcome(a[dir][tier]))
		}
		fmt.Fprintf(&b, "| %s |\n", told(a[dir]))
	}
	require.NoError(t, os.WriteFile(filepath.Join(attacks, "README.md"), []byte(b.String()), 0o644))
}

func attackNames(t *testing.T) (all []string) {
	entries, err := os.ReadDir(attacks)
	require.NoError(t, err)
	for _, e := range entries {
		if e.IsDir() {
			all = append(all, e.Name())
		}
	}
	return all
}

// tableRow is the part of an attack's row that does not depend on a run.
func tableRow(t *testing.T, id string) string {
	_, what := expected(t, id)
	return fmt.Sprintf("| [%s](%s) | %s ", id, id, what)
}

func outcome(g results.Grade) string {
	if g.ID == "" {
		return "–"
	}
	return fmt.Sprintf("%s, %d", strings.Join(outcomes(g), " and "), g.Score)
}

// outcomes are the statuses of g's exercises, or the verdicts of those that ran.
func outcomes(g results.Grade) (all []string) {
	for _, e := range g.Exercises {
		switch e.Status {
		case results.StatusMissing:
		case results.StatusGraded:
			for _, c := range e.Checks {
				all = append(all, string(c.Verdict))
			}
		default:
			all = append(all, string(e.Status))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// told is the first sentence about an attack in the best tier that it ran in.
func told(in map[string]results.Grade) string {
	for _, tier := range tiers {
		for _, e := range in[tier].Exercises {
			if text := sentence(e); text != "" {
				return strings.NewReplacer("|", `\|`, "<", `\<`, "\n", " ").Replace(text)
			}
		}
	}
	return ""
}

func sentence(e results.Exercise) string {
	if e.Problem != nil && e.Status != results.StatusMissing {
		return e.Problem.Message
	}
	for _, c := range e.Checks {
		if c.Message != "" && e.Status == results.StatusGraded {
			return c.Message
		}
	}
	return ""
}

// The table has a row for each attack.
func TestAttackTable(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(attacks, "README.md"))
	require.NoError(t, err)
	all := attackNames(t)
	require.Equal(t, len(all), strings.Count(string(text), "\n| ["))
	for _, id := range all {
		require.Contains(t, string(text), "\n"+tableRow(t, id))
	}
}
