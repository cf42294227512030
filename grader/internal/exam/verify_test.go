package exam

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/results"
)

// A later run goes on from what was decided, and tries again what was not.
func TestUndecidedRoundsAreNotSaved(t *testing.T) {
	v := verification{Options: Options{Saved: t.TempDir(), Resume: true}, grader: new(grading.Grader)}
	row := func() *Row {
		return &Row{Solution: Solution{Exercise: &catalog.Exercise{Name: "balance"}}, Verdicts: []map[results.Verdict]int{{}}}
	}
	r := row()
	r.Verdicts[0][results.Pass] = 2
	require.NoError(t, v.save(r))
	r.Verdicts[0][results.Infra] = 1
	require.NoError(t, v.save(r))

	again := row()
	v.restore(again)
	require.Equal(t, map[results.Verdict]int{results.Pass: 2}, again.Verdicts[0])
}
