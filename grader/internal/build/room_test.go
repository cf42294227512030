//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package build

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A room that nobody owns is cleared away by the next grader; a living grader's,
// and whatever is no room, stays.
func TestRooms(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	living, err := NewRoom()
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(living.Dir, "balance.test"), nil, 0o600))

	fill := func(name string, files ...string) {
		require.NoError(t, os.MkdirAll(filepath.Join(tmp, name), 0o755))
		for _, f := range files {
			require.NoError(t, os.WriteFile(filepath.Join(tmp, name, f), nil, 0o600))
		}
	}
	fill("gorutinas-1", ownerFile, "balance.test") // its owner was killed
	fill("gorutinas-2")                            // killed a moment earlier
	fill("gorutinas-3", "thesis.go")               // no room
	fill("gorutinas-class", ownerFile)             // no room
	require.NoError(t, os.Symlink(filepath.Join(tmp, "gorutinas-class"), filepath.Join(tmp, "gorutinas-4")))

	second, err := NewRoom()
	require.NoError(t, err)
	require.NoDirExists(t, filepath.Join(tmp, "gorutinas-1"))
	require.NoDirExists(t, filepath.Join(tmp, "gorutinas-2"))
	require.FileExists(t, filepath.Join(tmp, "gorutinas-3", "thesis.go"))
	require.FileExists(t, filepath.Join(tmp, "gorutinas-class", ownerFile))
	require.FileExists(t, filepath.Join(living.Dir, "balance.test"))

	require.NoError(t, living.Close())
	require.NoDirExists(t, living.Dir)
	require.NoError(t, second.Close())
	require.NoDirExists(t, second.Dir)
}
