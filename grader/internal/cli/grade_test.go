package cli

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
)

// What the machine kept from being decided is no grade that anyone may take for one.
func TestDecided(t *testing.T) {
	class := func(verdicts ...results.Verdict) results.Class {
		var e results.Exercise
		for _, v := range verdicts {
			e.Checks = append(e.Checks, results.Check{Verdict: v})
		}
		return results.Class{Submissions: []results.Grade{{ID: "ana"}, {ID: "eva", Exercises: []results.Exercise{e}}}}
	}
	require.NoError(t, decided(class(results.Pass, results.Race, results.NotRun)))
	require.ErrorContains(t, decided(class(results.Infra, results.Pass, results.Infra)), "some checks could not be decided on this machine (2)")
}
