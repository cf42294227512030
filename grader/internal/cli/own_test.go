package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/catalog"
)

// Nobody's code but the student's own runs without a sandbox unasked.
func TestOwnWork(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	require.NoError(t, err)
	linked := filepath.Join(t.TempDir(), "linked")
	require.NoError(t, os.Symlink(root, linked))
	exercise := filepath.Join(root, "exercises", "balance")
	require.NoError(t, os.MkdirAll(exercise, 0o755))
	for _, tt := range []struct {
		name   string
		hidden bool
		in     string
		paths  []string
		want   bool
	}{
		{"the tree of a student kit", false, root, nil, true},
		{"that tree by its name", false, t.TempDir(), []string{root}, true},
		{"that tree by a link", false, t.TempDir(), []string{linked}, true},
		{"an exercise in it", false, exercise, nil, true},
		{"a class, with a student kit", false, t.TempDir(), nil, false},
		{"the tree and a class", false, root, []string{".", t.TempDir()}, false},
		{"a class within the tree", false, root, []string{"class"}, false},
		{"a class beside the exercises", false, root, []string{"exercises-others"}, false},
		{"the instructor's kit", true, root, nil, false},
	} {
		t.Chdir(tt.in)
		c := gradeCmd{Path: tt.paths}
		got, err := c.own(&catalog.Kit{Hidden: tt.hidden}, root)
		require.NoError(t, err)
		require.Equal(t, tt.want, got, tt.name)
	}
}
