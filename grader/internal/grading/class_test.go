package grading

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
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

// However long an id is, and in whatever letters, its file can be made.
func TestFileName(t *testing.T) {
	require.Equal(t, "a%2Fb.json", fileName("a/b"))
	require.Equal(t, "%2E..json", fileName(".."))
	long := strings.Repeat("Рождественский ", 10)
	require.NotEqual(t, fileName(long+"1"), fileName(long+"2"))
	require.NoError(t, os.WriteFile(filepath.Join(t.TempDir(), fileName(long)), nil, 0o600))
}
