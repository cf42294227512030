package cli

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/exam"
)

// A single survivor among thousands is seen in the score.
func TestMutationScore(t *testing.T) {
	for _, tt := range []struct {
		killed, survivors int
		want              string
	}{{0, 0, "-"}, {2, 0, "100 %"}, {1999, 1, "99 %"}, {0, 3, "0 %"}} {
		m := exam.Mutation{Killed: tt.killed, Equivalent: 4, Survivors: make([]exam.Survivor, tt.survivors)}
		row := mutationRow("all", m)
		require.Equal(t, tt.want, row[len(row)-1])
	}
}
