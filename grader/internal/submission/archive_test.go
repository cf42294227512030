package submission

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// repeated is a zip with entries of the same names.
func repeated(t *testing.T, names ...string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, name := range names {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(name))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return out.String()
}

// change overwrites a field of every entry's header in a zip's table of contents.
func change(text string, offset int, value uint16) string {
	b := []byte(text)
	for at := 0; ; at++ {
		next := bytes.Index(b[at:], []byte("PK\x01\x02"))
		if next < 0 {
			return string(b)
		}
		at += next
		binary.LittleEndian.PutUint16(b[at+offset:], value)
	}
}

// zeros is a tar.gz of one file with n zero bytes.
func zeros(t *testing.T, name string, n int64) string {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	w := tar.NewWriter(z)
	require.NoError(t, w.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Size: n}))
	block := make([]byte, 1<<20)
	for range n >> 20 {
		_, err := w.Write(block)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	require.NoError(t, z.Close())
	return out.String()
}

func special(t *testing.T, kind byte) string {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	w := tar.NewWriter(z)
	require.NoError(t, w.WriteHeader(&tar.Header{Name: "exercises/balance/balance.go", Typeflag: kind, Linkname: "exercises/cache/cache.go", Devmajor: 1, Devminor: 5}))
	require.NoError(t, w.WriteHeader(&tar.Header{Name: "exercises/cache/cache.go", Typeflag: tar.TypeReg}))
	require.NoError(t, w.Close())
	require.NoError(t, z.Close())
	return out.String()
}

func TestBrokenArchives(t *testing.T) {
	const flags, method = 8, 10 // offsets in an entry of a zip's table of contents
	good := tree{"exercises/balance/balance.go": strings.Repeat("package balance\n", 100)}
	many := tree{}
	for i := range maxEntries + 1 {
		many[fmt.Sprintf("%d", i)] = ""
	}
	long := tree{}
	for i := range 300 {
		long[fmt.Sprintf("%d%s", i, strings.Repeat("x", 60_000))] = ""
	}
	for _, test := range []struct{ name, file, text, want string }{
		{"empty file", "ana.zip", "", "is an empty file; download or pack it again"},
		{"empty zip", "ana.zip", tree{}.zip(t), "is an archive with nothing in it"},
		{"empty tar", "ana.tgz", tree{}.tarGz(t), "is an archive with nothing in it"},
		{"no zip", "ana.zip", "hello", "cannot be unpacked"},
		{"no gzip", "ana.tar.gz", "hello, hello, hello", "cannot be unpacked"},
		{"truncated zip", "ana.zip", good.zip(t)[:200], "cannot be unpacked"},
		{"truncated tar", "ana.tgz", good.tarGz(t)[:100], "cannot be unpacked"},
		{"tar named zip", "ana.zip", good.tarGz(t), "holds a tar.gz in spite of its name; rename it to end in .tar.gz"},
		{"zip named tar", "ana.tgz", good.zip(t), "holds a zip in spite of its name; rename it to end in .zip"},
		{"wrong extension", "ana.rar", "x", "is not a kind of archive that is read; pack it as .zip or .tar.gz"},
		{"single file", "balance.go", "package balance", "is a single file; put it into a folder"},
		{"traversal", "ana.zip", tree{"../exercises/balance/balance.go": ""}.zip(t), `holds the path "../exercises/balance/balance.go", which leads out of it`},
		{"traversal inside", "ana.tgz", tree{"a/../../b.go": ""}.tarGz(t), "which leads out of it"},
		{"traversal by backslash", "ana.zip", repeated(t, `..\..\b.go`), "which leads out of it"},
		{"absolute", "ana.tgz", tree{"/etc/passwd": ""}.tarGz(t), "which leads out of it"},
		{"drive", "ana.zip", repeated(t, `C:\exercises\balance\balance.go`), "which leads out of it"},
		{"many entries, zip", "ana.zip", many.zip(t), "holds more than 20000 files"},
		{"many entries, tar", "ana.tgz", many.tarGz(t), "holds more than 20000 files"},
		{"long table of contents", "ana.zip", long.zip(t), "holds more than 100000 files"},
		{"bomb, tar", "ana.tgz", zeros(t, "core", 64<<20), "unpacks to far more than source text does"},
		{"bomb, zip", "ana.zip", tree{"core": strings.Repeat("\x00", 64<<20)}.zip(t), "unpacks to far more than source text does"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := open(t, write(t, test.file, test.text))
			refused(t, s.Err, test.want)
		})
	}
	for _, test := range []struct{ name, file, text, want string }{
		{"encrypted", "ana.zip", change(good.zip(t), flags, 1), "is encrypted; pack it again without a password"},
		{"method", "ana.zip", change(good.zip(t), method, 14), "is packed by a method that is not read"},
		{"twice", "ana.zip", repeated(t, "exercises/balance/balance.go", "exercises/balance/./balance.go"), "twice; pack it again with one of them"},
		{"lying size", "ana.zip", change(good.zip(t), 24, 10), "cannot be unpacked"},
		{"invalid name", "ana.zip", repeated(t, "exercises/balance/balance.go", "exercises/balance/a\xff.go"), `the compiler takes no file named "a\\xff.go"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := open(t, write(t, test.file, test.text))
			require.NoError(t, s.Err)
			refused(t, s.Candidates["balance"].Err, test.want)
		})
	}
	for _, kind := range []byte{tar.TypeLink, tar.TypeChar, tar.TypeBlock, tar.TypeFifo} {
		s := open(t, write(t, "ana.tgz", special(t, kind)))
		require.NoError(t, s.Err)
		require.Equal(t, []string{"cache: cache.go"}, got(s))
		require.Len(t, s.Flags, 1)
	}
}

func TestOldEncodings(t *testing.T) {
	s := open(t, write(t, "ana.zip", repeated(t, "P\x82rez\\exercises\\balance\\balance.go", "P\x82rez\\exercises\\cache\\")))
	require.NoError(t, s.Err)
	require.Equal(t, []string{"balance: balance.go"}, got(s))
}

func TestUnlistedBigFilesAreNoMatter(t *testing.T) {
	noise := make([]byte, 3<<20)
	_, _ = rand.NewChaCha8([32]byte{}).Read(noise)
	tree{"exercises/balance/balance.go": "x", "exercises/balance/balance.test": string(noise), "video.go": string(noise)}.ways(t, func(t *testing.T, s *Submission) {
		require.NoError(t, s.Err)
		require.Equal(t, []string{"balance: balance.go"}, got(s))
	})
}

// TestCorruptions opens valid archives with bytes changed, cut out or repeated.
func TestCorruptions(t *testing.T) {
	files := tree{
		"ana/exercises/balance/balance.go": strings.Repeat("package balance // some text\n", 40), "ana/README.md": "hello",
		"ana/exercises/cache/cache.go": "package cache", "ana/exercises/cache/": "", "ana/link": "-> README.md",
	}
	r := rand.New(rand.NewPCG(1, 2))
	dir := t.TempDir()
	for _, name := range []string{"ana.zip", "ana.tar.gz"} {
		valid, err := os.ReadFile(files.packed(t, name))
		require.NoError(t, err)
		p := filepath.Join(dir, name)
		for range 600 {
			require.NoError(t, os.WriteFile(p, corrupt(r, valid), 0o600))
			refs, err := Find(t.Context(), []string{p}, exercises)
			require.NoError(t, err)
			for _, ref := range refs {
				requireSane(t, Open(context.Background(), ref, testKit))
			}
		}
	}
}

func corrupt(r *rand.Rand, valid []byte) []byte {
	b := bytes.Clone(valid)
	for range 1 + r.IntN(4) {
		i, j := r.IntN(len(b)), r.IntN(len(b))
		switch r.IntN(4) {
		case 0:
			b[i] = byte(r.Uint32())
		case 1:
			b[i] ^= 1 << r.IntN(8)
		case 2:
			b = append(b[:min(i, j)+1], b[max(i, j):]...)
		default:
			b = append(b[:i:i], b[min(i, j):]...)
		}
	}
	return b
}

// requireSane holds of every submission, however broken.
func requireSane(t testing.TB, s *Submission) {
	t.Helper()
	if s.Err != nil {
		require.NotContains(t, s.Err.Error(), "\n")
		return
	}
	require.Len(t, s.Candidates, len(exercises))
	for name, c := range s.Candidates {
		require.Equal(t, name, c.Exercise)
		for f := range c.Files {
			require.True(t, isPlain(f) && filepath.Base(f) == f, "%q", f)
		}
		if c.Err == nil && len(c.Files) > 0 {
			require.Contains(t, c.Files, name+".go")
		}
	}
}

// TestRealArchives opens what tar, git and Python make.
func TestRealArchives(t *testing.T) {
	for name, want := range map[string][]string{
		"gnu.tar.gz": {"balance: balance.go", "cache: cache.go"}, "pax.tar.gz": {"balance: balance.go", "cache: cache.go"},
		"git.tar.gz": {"balance: balance.go", "cache: cache.go"}, "git.zip": {"balance: balance.go", "cache: cache.go"},
		"python.zip": {"balance: balance.go", "cache: cache.go"}, "stored.zip": {"balance: balance.go"},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, filepath.Join("testdata", "archives", name))
			require.NoError(t, s.Err)
			require.Equal(t, want, got(s))
		})
	}
}

// FuzzArchive opens any bytes as an archive of either kind.
func FuzzArchive(f *testing.F) {
	seeds, _ := filepath.Glob(filepath.Join("testdata", "archives", "*"))
	for _, p := range seeds {
		text, err := os.ReadFile(p)
		require.NoError(f, err)
		f.Add(text, packingOf(p) == zipped)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte, zipped bool) {
		p := filepath.Join(dir, "ana.tar.gz")
		if zipped {
			p = filepath.Join(dir, "ana.zip")
		}
		require.NoError(t, os.WriteFile(p, text, 0o600))
		refs, err := Find(t.Context(), []string{p}, exercises)
		require.NoError(t, err)
		for _, ref := range refs {
			requireSane(t, Open(context.Background(), ref, testKit))
		}
	})
}
