package grading

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// What was found elsewhere is named in the sentence, in both languages, and not as
// a file of the exercise.
func TestMissing(t *testing.T) {
	e := &catalog.Exercise{Name: "balance"}
	none := missing(e, nil)
	require.Equal(t, &results.Problem{Message: "balance.go was not handed in"}, none)
	require.Equal(t, "no se entregó balance.go", message.Problem("es", none.Message))
	other := missing(e, []string{"old/Balance.go", "saldo.go"})
	require.Equal(t, &results.Problem{Message: "balance.go was not handed in; found instead: old/Balance.go, saldo.go; rename the file that is meant"}, other)
	require.Equal(t, "no se entregó balance.go; en su lugar hay: old/Balance.go, saldo.go; cambia el nombre del archivo que corresponda", message.Problem("es", other.Message))
}
