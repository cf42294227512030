//go:build unix

package submission

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestArgumentsThatAreNoFolders(t *testing.T) {
	top := tree{"ana/exercises/x": "", "link": "-> ana"}.dir(t, "top")
	pipe := filepath.Join(top, "pipe.zip")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	for _, name := range []string{"link", "link/", "pipe.zip"} {
		refs, err := Find(t.Context(), []string{top + "/" + name}, exercises)
		require.NoError(t, err)
		require.Len(t, refs, 1)
		refused(t, refs[0].Err, name[:4])
	}
}

// TestSwapped replaces a directory by a link, and a file by a pipe, after they
// were found.
func TestSwapped(t *testing.T) {
	top := tree{"ana/exercises/balance/balance.go": "", "luis/exercises/x": ""}.dir(t, "top")
	refs, err := Find(t.Context(), []string{top}, exercises)
	require.NoError(t, err)
	require.NoError(t, os.RemoveAll(refs[0].Path))
	require.NoError(t, os.Symlink("luis", refs[0].Path))
	refused(t, Open(context.Background(), refs[0], testKit).Err, "is a link")

	dir := tree{"exercises/balance/balance.go": ""}.dir(t, "eva")
	l, err := listDir(context.Background(), dir)
	require.NoError(t, err)
	defer l.close()
	file := filepath.Join(dir, "exercises", "balance", "balance.go")
	require.NoError(t, os.Remove(file))
	require.NoError(t, syscall.Mkfifo(file, 0o600))
	_, err = l.files["exercises/balance/balance.go"]()
	refused(t, err, "no regular file")
}
