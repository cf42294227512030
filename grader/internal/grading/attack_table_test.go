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
tier of the sandbox, what stopped it, and what the student was told. After every run
nothing of a submission was left: no process, no file, no connection to the machine.
In the tier none only those run that attack the verdict alone.

Written by ` + "`go test ./grader/internal/grading -run TestAttacks -update`" + `.

| attack | what it tries | stopped by | full | basic | none | what the student is told |
|---|---|---|---|---|---|---|
`

func (a attackTable) write(t *testing.T) {
	var b strings.Builder
	b.WriteString(tableHead)
	for _, dir := range attackNames(t) {
		fmt.Fprintf(&b, "%s| %s ", tableRow(t, dir), wall(dir, outcomes(a[dir][tiers[0]])))
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

// wall is what stopped an attack that came to these outcomes.
func wall(id string, outcomes []string) string {
	is := func(any ...string) bool {
		return slices.ContainsFunc(any, func(o string) bool { return slices.Contains(outcomes, o) })
	}
	switch {
	case is("rejected"):
		return "the gate"
	case is("build_failed"):
		return "the compiler, or a limit on it"
	case is("timeout", "memory", "output"):
		return "a limit on the run"
	case is("race"):
		return "the race detector"
	case slices.Contains(harmless, id):
		return "the verdict"
	}
	return "the sandbox"
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

// The table has a row for each attack, and none that the attack's own first line
// contradicts.
func TestAttackTable(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(attacks, "README.md"))
	require.NoError(t, err)
	_, table, _ := strings.Cut(string(text), "|---|---|---|---|---|---|---|\n")
	rows := strings.Split(strings.TrimSpace(table), "\n")
	all := attackNames(t)
	require.Len(t, rows, len(all))
	for i, id := range all {
		require.True(t, strings.HasPrefix(rows[i], tableRow(t, id)), "%s is out of date: %s", id, rows[i])
		cells := strings.Split(rows[i], " | ")
		want, _ := expected(t, id)
		for _, cell := range cells[3:5] {
			found, zero := strings.CutSuffix(cell, ", 0")
			require.True(t, zero, rows[i])
			require.True(t, slices.ContainsFunc(strings.Split(found, " and "), func(o string) bool { return slices.Contains(want, o) }), rows[i])
		}
		require.Equal(t, slices.Contains(harmless, id), cells[5] != "–", rows[i])
	}
}
