package exam

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/results"
)

// Each row has the verdicts of one check with and without rewriting.
func TestDifferences(t *testing.T) {
	for _, row := range []struct {
		name             string
		rewritten, plain results.Verdict
		want             Reason // "" for none
	}{
		{"the same", results.Race, results.Race, ""},
		{"an interleaving", results.Fail, results.Pass, Explored},
		{"a lock that is held while another sleeps", results.Pass, results.Deadlock, NotDurable},
		{"the same, until the wall limit", results.Pass, results.Timeout, NotDurable},
		{"seen in a schedule before it comes to a race", results.Fail, results.Race, Told},
		{"a race that rewriting hides", results.Pass, results.Race, Hidden},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := Differences(reportOf(row.rewritten), reportOf(row.plain))
			if row.want == "" {
				require.Empty(t, got)
				return
			}
			require.Len(t, got, 1)
			require.Equal(t, row.want, got[0].Why)
			require.Equal(t, "balance accepted/mutex TestX: "+string(row.rewritten)+", without rewriting "+string(row.plain)+": "+string(row.want), got[0].String())
		})
	}
}

func reportOf(v results.Verdict) Report {
	e := &catalog.Exercise{Name: "balance"}
	e.Hidden = []catalog.Check{{Name: "TestX"}}
	s := Solution{Exercise: e, Kind: Accepted, Name: "mutex"}
	return Report{Exercises: []ExerciseReport{{Exercise: e, Rows: []Row{{Solution: s, Verdicts: []map[results.Verdict]int{{v: 1}}}}}}}
}

func TestParseEquivalents(t *testing.T) {
	all, err := parseEquivalents("# a list\n\n0123456789ab  it is only closed\nba9876543210 a tie\n")
	require.NoError(t, err)
	all["ba9876543210"].seen = true
	require.Equal(t, []string{"0123456789ab  it is only closed"}, all.unused())
	_, err = parseEquivalents("0123456789ab \n")
	require.EqualError(t, err, `"0123456789ab" gives no reason: write after the ID why no check can tell`)
}
