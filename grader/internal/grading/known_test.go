package grading

import (
	"archive/zip"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/export"
	"gorutinas/grader/internal/submission"
)

// What a student has not touched is no edit, handed in as a directory or packed; and
// a test that the student has touched is.
func TestKnown(t *testing.T) {
	kit, err := catalog.Load("../../..")
	require.NoError(t, err)
	files, err := known(kit)
	require.NoError(t, err)
	dir := filepath.Join(t.TempDir(), "ana")
	require.NoError(t, export.Write(kit, dir))
	flags := func() (all [][]string) {
		for _, path := range []string{dir, zipped(t, dir)} {
			s := submission.Open(t.Context(), submission.Ref{ID: "ana", Path: path}, files)
			require.NoError(t, s.Err)
			all = append(all, s.Flags)
		}
		return all
	}
	require.Equal(t, [][]string{nil, nil}, flags())
	require.NoError(t, os.WriteFile(filepath.Join(dir, "exercises", "gil", "gil_test.go"), nil, 0o600))
	edited := []string{"edited tests in gil"}
	require.Equal(t, [][]string{edited, edited}, flags())
}

func zipped(t *testing.T, dir string) string {
	f, err := os.Create(filepath.Join(t.TempDir(), "ana.zip"))
	require.NoError(t, err)
	defer f.Close()
	z := zip.NewWriter(f)
	require.NoError(t, z.AddFS(os.DirFS(dir)))
	require.NoError(t, z.Close())
	return f.Name()
}
