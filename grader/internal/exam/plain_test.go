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
		visible          bool
		want             Reason // "" for none
	}{
		{"the same", results.Race, results.Race, false, ""},
		{"an interleaving", results.Fail, results.Pass, false, Explored},
		{"a lock that is held while another sleeps", results.Pass, results.Deadlock, false, NotDurable},
		{"the same, until the wall limit", results.Pass, results.Timeout, false, NotDurable},
		{"the same in a visible check", results.Pass, results.Deadlock, true, Hangs},
		{"seen in a schedule before it comes to a race", results.Fail, results.Race, false, Told},
		{"a race that rewriting hides", results.Pass, results.Race, false, Hidden},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := Differences(reportOf(row.rewritten, row.visible), reportOf(row.plain, row.visible))
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

// Over several rounds a check may have more than one verdict.
func TestDifferencesThatComeAndGo(t *testing.T) {
	pass, fail, race := results.Pass, results.Fail, results.Race
	for _, row := range []struct {
		rewritten, plain []results.Verdict
		want             Reason
	}{
		{[]results.Verdict{pass}, []results.Verdict{pass, race}, Hidden},
		{[]results.Verdict{pass, fail}, []results.Verdict{pass}, Explored},
		{[]results.Verdict{fail}, []results.Verdict{pass, race}, Explored},
		{[]results.Verdict{pass, fail}, []results.Verdict{race}, Hidden},
		{[]results.Verdict{fail}, []results.Verdict{fail, race}, Told},
		{[]results.Verdict{pass}, []results.Verdict{pass, results.Deadlock}, NotDurable},
	} {
		require.Equal(t, row.want, reason(row.rewritten, row.plain, false), "%v, without rewriting %v", row.rewritten, row.plain)
	}
}

func reportOf(v results.Verdict, visible bool) Report {
	e := &catalog.Exercise{Name: "balance"}
	list := &e.Hidden
	if visible {
		list = &e.Visible
	}
	*list = []catalog.Check{{Name: "TestX"}}
	r := newExerciseReport(e, []Solution{{Exercise: e, Kind: Accepted, Name: "mutex"}})
	r.Rows[0].Verdicts[0][v] = 1
	return Report{Exercises: []ExerciseReport{r}}
}

func TestParseEquivalents(t *testing.T) {
	all, err := parseEquivalents("# a list\n\n0123456789ab  it is only closed\nba9876543210 a tie\n")
	require.NoError(t, err)
	all["ba9876543210"].seen = true
	require.Equal(t, []string{"0123456789ab  it is only closed"}, all.unused())
	_, err = parseEquivalents("0123456789ab \n")
	require.EqualError(t, err, `"0123456789ab" gives no reason: write after the ID why no check can tell`)
}
