package results

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func graded(id string, checks ...Check) Grade {
	e := Exercise{Name: "balance", Status: StatusGraded, Checks: checks}
	for _, c := range checks {
		e.Score, e.MaxScore = e.Score+c.Score, e.MaxScore+c.Points
	}
	return Grade{ID: id, Status: StatusGraded, Score: e.Score, MaxScore: e.MaxScore, Exercises: []Exercise{e}}
}

func TestCompare(t *testing.T) {
	pass, race := Check{Name: "TestA", Verdict: Pass, Score: 3, Points: 3}, Check{Name: "TestA", Verdict: Race, Points: 3, Line: 3}
	elsewhere := race
	elsewhere.Line = 9
	missing := graded("eve")
	missing.Exercises[0].Status = StatusMissing
	before := Class{Submissions: []Grade{
		graded("dan", pass), graded("ana", race), graded("gone", pass), graded("same", race), graded("eve", pass), graded("twice"), graded("twice", pass),
	}}
	after := Class{Submissions: []Grade{
		graded("ana", pass), {ID: "dan", Status: StatusError}, graded("same", elsewhere), missing, graded("new"), graded("twice"), graded("twice", race),
	}}
	require.Equal(t, []Change{
		{"ana", "balance", "TestA", Outcome{"race", 0, 3}, Outcome{"pass", 3, 3}},
		{"dan", "", "", Outcome{"graded", 3, 3}, Outcome{"error", 0, 0}},
		{"eve", "balance", "", Outcome{"graded", 3, 3}, Outcome{"missing", 0, 0}},
		{"gone", "", "", Outcome{"graded", 3, 3}, Outcome{}},
		{"new", "", "", Outcome{}, Outcome{"graded", 0, 0}},
		{"twice (2)", "balance", "TestA", Outcome{"pass", 3, 3}, Outcome{"race", 0, 3}},
	}, Compare(before, after))
	require.Empty(t, Compare(before, before))
}

// Other weights are a change although every verdict is the same, told of once: by
// check, by exercise where no check ran, by submission where it has no exercises.
func TestCompareWeights(t *testing.T) {
	weigh := func(w int) Class {
		ana := graded("ana", Check{Name: "TestA", Verdict: Pass, Score: 2 * w, Points: 2 * w}, Check{Name: "TestB", Verdict: Fail, Points: 3 * w})
		eve := graded("eve", Check{Name: "TestA", Verdict: NotRun, Points: 2 * w}, Check{Name: "TestB", Verdict: NotRun, Points: 3 * w})
		eve.Exercises[0].Status = StatusMissing
		return Class{Submissions: []Grade{ana, {ID: "dan", Status: StatusError, MaxScore: 5 * w}, eve}}
	}
	require.Equal(t, []Change{
		{"ana", "balance", "TestA", Outcome{"pass", 2, 2}, Outcome{"pass", 6, 6}},
		{"ana", "balance", "TestB", Outcome{"fail", 0, 3}, Outcome{"fail", 0, 9}},
		{"dan", "", "", Outcome{"error", 0, 5}, Outcome{"error", 0, 15}},
		{"eve", "balance", "", Outcome{"missing", 0, 5}, Outcome{"missing", 0, 15}},
	}, Compare(weigh(1), weigh(3)))

	other := weigh(1)
	other.Submissions[0].Exercises[0].Score, other.Submissions[0].Score = 5, 5
	require.Equal(t, []Change{{"ana", "balance", "", Outcome{"graded", 2, 5}, Outcome{"graded", 5, 5}}}, Compare(weigh(1), other))
}
