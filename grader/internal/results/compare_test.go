package results

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func graded(id string, checks ...Check) Grade {
	e := Exercise{Name: "balance", Status: StatusGraded, Checks: checks}
	return Grade{ID: id, Status: StatusGraded, Exercises: []Exercise{e}}
}

func TestCompare(t *testing.T) {
	pass, race := Check{Name: "TestA", Verdict: Pass, Score: 3}, Check{Name: "TestA", Verdict: Race, Line: 3}
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
		{"ana", "balance", "TestA", Outcome{"race", 0}, Outcome{"pass", 3}},
		{"dan", "", "", Outcome{"graded", 0}, Outcome{"error", 0}},
		{"eve", "balance", "", Outcome{"graded", 0}, Outcome{"missing", 0}},
		{"gone", "", "", Outcome{"graded", 0}, Outcome{}},
		{"new", "", "", Outcome{}, Outcome{"graded", 0}},
		{"twice (2)", "balance", "TestA", Outcome{"pass", 3}, Outcome{"race", 0}},
	}, Compare(before, after))
	require.Empty(t, Compare(before, before))
}
