package grading

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/submission"
)

// Whatever the weights, checks sum to their exercise and exercises to the
// submission, whether they ran or not; and the cache knows of no weight.
func TestWeights(t *testing.T) {
	kit, err := catalog.Load("../../..")
	require.NoError(t, err)
	exercises, err := kit.Select([]string{"balance", "gather", "timed"})
	require.NoError(t, err)
	s := &submission.Submission{ID: "ana", Candidates: map[string]submission.Candidate{}}
	g := &Grader{Config: Config{Kit: kit, Exercises: exercises, Cache: OpenCache(t.TempDir()), Lang: "en"}}
	var passed []int
	for _, e := range exercises[:2] { // the third is missing
		r := g.notRun(e, results.StatusGraded, nil)
		r.Checks[0].Verdict, r.Checks[0].Score, r.Score = results.Pass, r.Checks[0].Points, r.Checks[0].Points
		passed = append(passed, r.Score)
		files := map[string][]byte{e.File(): []byte("package " + e.Name)}
		s.Candidates[e.Name] = submission.Candidate{Exercise: e.Name, Files: files}
		g.Cache.put(key(e.Imports, e.Name, files), entry{Exercise: r})
	}
	for _, weight := range []int{3, 0, 1} {
		g.Weights = map[string]int{exercises[0].Name: weight}
		grade, err := g.Grade(t.Context(), s)
		require.NoError(t, err)
		require.Equal(t, weight*passed[0]+passed[1], grade.Score, weight)
		require.Equal(t, weight*catalog.MaxScore+2*catalog.MaxScore, grade.MaxScore, weight)
		var sum results.Exercise
		for _, e := range grade.Exercises {
			var checks results.Exercise
			for _, c := range e.Checks {
				checks.Score, checks.MaxScore = checks.Score+c.Score, checks.MaxScore+c.Points
			}
			require.Equal(t, []int{checks.Score, checks.MaxScore}, []int{e.Score, e.MaxScore}, e.Name)
			sum.Score, sum.MaxScore = sum.Score+e.Score, sum.MaxScore+e.MaxScore
		}
		require.Equal(t, []int{sum.Score, sum.MaxScore}, []int{grade.Score, grade.MaxScore}, weight)
	}
}
