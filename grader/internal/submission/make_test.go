package submission

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/message"
)

// tree is what a test packs: path → content. A path that ends in a slash is a
// folder, a content that starts with "-> " a link.
type tree map[string]string

var exercises = []string{"balance", "cache", "gil", "processes"}

var testKit = Kit{Exercises: exercises, Files: map[string]string{
	"go.mod":                                Sum([]byte("module gorutinas\n")),
	"exercises/balance/balance.go":          Sum([]byte("package balance\n")),
	"exercises/balance/balance_test.go":     Sum([]byte("package balance_test\n")),
	"exercises/balance/main_test.go":        "",
	"exercises/processes/child.go":          Sum([]byte("package processes\n")),
	"exercises/internal/probe/main.go":      Sum([]byte("package probe\n")),
	"exercises/balance/exercise.toml":       "",
	"exercises/processes/processes_test.go": "",
}}

func (files tree) names() []string { return slices.Sorted(maps.Keys(files)) }

// dir writes files into a new directory of that name.
func (files tree) dir(t testing.TB, name string) string {
	t.Helper()
	at := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.MkdirAll(at, 0o755))
	for _, f := range files.names() {
		p := filepath.Join(at, f)
		require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
		switch target, link := strings.CutPrefix(files[f], "-> "); {
		case strings.HasSuffix(f, "/"):
			require.NoError(t, os.MkdirAll(p, 0o755))
		case link:
			require.NoError(t, os.Symlink(target, p))
		default:
			require.NoError(t, os.WriteFile(p, []byte(files[f]), 0o600))
		}
	}
	return at
}

func (files tree) zip(t testing.TB) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files.names() {
		h := &zip.FileHeader{Name: f, Method: zip.Deflate}
		text, link := strings.CutPrefix(files[f], "-> ")
		if link {
			h.SetMode(fs.ModeSymlink | 0o777)
		}
		w, err := z.CreateHeader(h)
		require.NoError(t, err)
		if !strings.HasSuffix(f, "/") {
			_, err = w.Write([]byte(text))
			require.NoError(t, err)
		}
	}
	require.NoError(t, z.Close())
	return out.String()
}

func (files tree) tarGz(t testing.TB) string {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	w := tar.NewWriter(z)
	for _, f := range files.names() {
		h := &tar.Header{Name: f, Mode: 0o644, Typeflag: tar.TypeReg, Size: int64(len(files[f]))}
		if strings.HasSuffix(f, "/") {
			h.Typeflag, h.Size = tar.TypeDir, 0
		}
		target, link := strings.CutPrefix(files[f], "-> ")
		if link {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, target, 0
		}
		require.NoError(t, w.WriteHeader(h))
		if h.Size > 0 {
			_, err := w.Write([]byte(files[f]))
			require.NoError(t, err)
		}
	}
	require.NoError(t, w.Close())
	require.NoError(t, z.Close())
	return out.String()
}

// packed writes files to an archive of that name.
func (files tree) packed(t testing.TB, name string) string {
	t.Helper()
	if packingOf(name) == zipped {
		return write(t, name, files.zip(t))
	}
	return write(t, name, files.tarGz(t))
}

func write(t testing.TB, name, text string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(p, []byte(text), 0o600))
	return p
}

// open opens the one submission at p.
func open(t testing.TB, p string) *Submission {
	t.Helper()
	refs, err := Find(t.Context(), []string{p}, exercises)
	require.NoError(t, err)
	require.Len(t, refs, 1, "%v", refs)
	return Open(context.Background(), refs[0], testKit)
}

// ways opens files as a directory, a zip and a tar.gz.
func (files tree) ways(t *testing.T, check func(t *testing.T, s *Submission)) {
	t.Helper()
	at := func(p string) *Submission { return Open(context.Background(), Ref{ID: "ana", Path: p}, testKit) }
	t.Run("directory", func(t *testing.T) { check(t, at(files.dir(t, "ana"))) })
	for _, name := range []string{"ana.zip", "ana.tar.gz", "ana.TGZ"} {
		t.Run(name, func(t *testing.T) { check(t, at(files.packed(t, name))) })
	}
}

// refused fails t unless err says what is wanted, with a next step, in both
// languages.
func refused(t *testing.T, err error, want string) {
	t.Helper()
	require.ErrorContains(t, err, want)
	require.Contains(t, err.Error(), ";", "no next step")
	require.NotEqual(t, err.Error(), message.Problem("es", err.Error()), "no Spanish for it")
}

// flagged fails t unless s has the flags that are wanted, in both languages.
func flagged(t *testing.T, s *Submission, want ...string) {
	t.Helper()
	require.Equal(t, want, s.Flags)
	for _, f := range s.Flags {
		require.NotEqual(t, f, message.FlagIn("es", f), "no Spanish for it")
	}
}
