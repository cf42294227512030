package grading

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// However many submissions a full disk costs, it is one sentence.
func TestTrouble(t *testing.T) {
	full := errors.New("ana: no space left on device")
	require.NoError(t, trouble([]row{{graded: true}, {}}))
	require.Equal(t, full, trouble([]row{{}, {err: full}}))
	err := trouble([]row{{err: full}, {}, {err: errors.New("ben: the same")}, {err: errors.New("cyd: the same")}})
	require.ErrorIs(t, err, full)
	require.EqualError(t, err, "ana: no space left on device (and 2 more submissions of 4)")
}
