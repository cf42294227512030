package submission

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// clones is a class of n repositories with so many loose objects each.
func clones(n, objects int) tree {
	files := tree{}
	for i := range n {
		name := fmt.Sprintf("hw/student-%02d/", i)
		files[name+"exercises/balance/balance.go"] = fmt.Sprintf("package balance // %d", i)
		for object := range objects {
			files[fmt.Sprintf("%s.git/objects/%02x/%d", name, object%256, object)] = "x"
		}
	}
	return files
}

// A class may hold what nobody looks at, far more of it than a submission holds
// files.
func TestClassOfClones(t *testing.T) {
	files := clones(30, 700)
	for _, name := range []string{"class.zip", "class.tgz"} {
		p := files.packed(t, name)
		refs, err := Find(t.Context(), []string{p}, exercises)
		require.NoError(t, err)
		require.Len(t, refs, 30)
		for i, ref := range refs {
			want := fmt.Sprintf("package balance // %d", i)
			s := Open(t.Context(), ref, testKit)
			require.NoError(t, s.Err)
			require.Equal(t, want, string(s.Candidates["balance"].Files["balance.go"]))
			if i == 7 {
				ref.listing = nil // as if the class's sources were too many to keep
				require.Equal(t, s, Open(t.Context(), ref, testKit))
			}
		}
	}
}

// What is ignored counts in no way of handing in.
func TestManyIgnoredFiles(t *testing.T) {
	files := tree{"exercises/balance/balance.go": "x"}
	for i := range maxEntries + 1 {
		files[fmt.Sprintf(".git/objects/%d", i)] = ""
	}
	files.ways(t, func(t *testing.T, s *Submission) {
		require.NoError(t, s.Err)
		require.Equal(t, []string{"balance: balance.go"}, got(s))
	})
}

// One student's too many files are not the others'.
func TestManyFilesInAClass(t *testing.T) {
	files := tree{"ana/exercises/balance/balance.go": "x"}
	for i := range maxEntries {
		files[fmt.Sprintf("eva/exercises/balance/%d.txt", i)] = ""
	}
	for _, name := range []string{"class.zip", "class.tgz"} {
		refs, err := Find(t.Context(), []string{files.packed(t, name)}, exercises)
		require.NoError(t, err)
		require.Len(t, refs, 2)
		require.NoError(t, Open(t.Context(), refs[0], testKit).Err)
		refused(t, Open(t.Context(), refs[1], testKit).Err, `"eva" holds more than 20000 files and folders; hand in the exercises folder alone`)
	}
}

// One student's too many folders and files do not keep anybody from looking for the
// others' submissions, wherever they are, and each is looked at once.
func TestManyFilesInAFolder(t *testing.T) {
	files := tree{
		"ana/exercises/x": "", "eva/work/exercises/x": "", "tom/notes.txt": "",
		"a/luis/exercises/x": "", "a/zoe/exercises/x": "",
	}
	for i := range 100 {
		files[fmt.Sprintf("a/mal/%d/x", i)] = ""
		files[fmt.Sprintf("ben/b/c/%d", i)] = ""
		files[fmt.Sprintf("eva/junk/%d.go", i)] = ""
		files[fmt.Sprintf("max/%d", i)] = ""
		files[fmt.Sprintf("max/%d/x/y", i+100)] = ""
	}
	top := files.dir(t, "top")
	look := func(most walk) (*walker, []Ref, error) {
		root, err := openDir(top)
		require.NoError(t, err)
		t.Cleanup(func() { _ = root.Close() })
		f := &finder{ctx: t.Context(), exercises: exercises, most: most}
		w := newWalker(f, root, top)
		refs, err := w.class(".")
		return w, unique(refs), err
	}
	_, refs, err := look(walk{class: 2000, folder: 250, inner: 50})
	require.NoError(t, err)
	require.Equal(t, []string{"ana: ana", "ben: ben", "eva: eva/work", "luis: a/luis", "mal! a/mal", "max! max", "tom: tom", "zoe: a/zoe"}, found(refs))
	refused(t, refs[4].Err, `"mal" holds more than 50 files and folders`)
	refused(t, refs[5].Err, `"max" holds more than 250 files and folders`)

	w, refs, err := look(usualWalk)
	require.NoError(t, err)
	require.Equal(t, []string{"ana: ana", "ben: ben", "eva: eva/work", "luis: a/luis", "mal: a/mal", "max: max", "tom: tom", "zoe: a/zoe"}, found(refs))
	all := 0
	require.NoError(t, filepath.WalkDir(top, func(string, fs.DirEntry, error) error { all++; return nil }))
	require.Less(t, w.entries[""], all)

	_, _, err = look(walk{class: 300, folder: 250, inner: 50})
	refused(t, err, "holds more than 300 files; give the folder that holds the submissions")
}

// heavy is a tar.gz of students with so many megabytes each that nobody looks
// at. It repeats what was packed once.
func heavy(t *testing.T, students, megabytes int) string {
	t.Helper()
	chunk := make([]byte, 1<<20)
	_, _ = rand.NewChaCha8([32]byte{}).Read(chunk[:len(chunk)/20])
	var out, packed bytes.Buffer
	pack := func(to *bytes.Buffer, text []byte) {
		z := gzip.NewWriter(to)
		_, err := z.Write(text)
		require.NoError(t, err)
		require.NoError(t, z.Close())
	}
	pack(&packed, chunk)
	for i := range students {
		var plain bytes.Buffer
		w := tar.NewWriter(&plain)
		require.NoError(t, w.WriteHeader(&tar.Header{Name: fmt.Sprintf("%d/exercises/balance/balance.go", i), Typeflag: tar.TypeReg}))
		require.NoError(t, w.WriteHeader(&tar.Header{Name: fmt.Sprintf("%d/.git/pack", i), Typeflag: tar.TypeReg, Size: int64(megabytes) << 20}))
		pack(&out, plain.Bytes())
		for range megabytes {
			out.Write(packed.Bytes())
		}
	}
	pack(&out, make([]byte, 1024))
	return out.String()
}

// A class whose sources fit into memory is unpacked once and not for every
// student again, and may be larger than a submission.
func TestHeavyClass(t *testing.T) {
	p := write(t, "class.tar.gz", heavy(t, 30, 20))
	refs, err := Find(t.Context(), []string{p}, exercises)
	require.NoError(t, err)
	require.Len(t, refs, 30)
	require.NoError(t, os.Remove(p))
	for _, ref := range refs {
		s := Open(t.Context(), ref, testKit)
		require.NoError(t, s.Err)
		require.Equal(t, []string{"balance: balance.go"}, got(s))
	}
}

// The machine is protected from classes, too.
func TestCapsOfAClass(t *testing.T) {
	const advice = "; leave out hidden folders such as .git, or pack the class in parts"
	refuses := func(p string, most caps, want string) {
		t.Helper()
		_, err := listArchive(t.Context(), p, most, sources)
		refused(t, err, want+advice)
	}
	little := classCaps
	little.free = 16 << 20
	refuses(write(t, "class.tgz", zeros(t, "ana/core", 32<<20)), little, "unpacks to far more than source text does")
	little = classCaps
	little.unpacked = 1 << 10
	refuses(clones(3, 10).packed(t, "class.tgz"), little, "unpacks to far more than source text does")
	for _, name := range []string{"class.zip", "class.tgz"} {
		p := clones(3, 10).packed(t, name)
		little = classCaps
		little.file = 100
		refuses(p, little, "is larger than 0 MB")
		little = classCaps
		little.entries = 10
		refuses(p, little, "holds more than 10 files and folders")
		little = classCaps
		little.contents = 100
		refuses(p, little, "holds more than 500000 files and folders")
	}
}
