package submission

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// packing is how an archive is packed, by its name's extension; "" for a name
// that is no archive's.
type packing string

const (
	zipped packing = "zip"
	tarred packing = "tar.gz"
)

var extensions = []struct {
	text    string
	packing packing
}{{".zip", zipped}, {".tar.gz", tarred}, {".tgz", tarred}}

// foreign are extensions of archives that are not read: silence about them would
// lose a student.
var foreign = []string{".rar", ".7z", ".tar", ".gz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz", ".zst", ".zipx"}

func packingOf(name string) packing {
	p, _ := cutExtension(name)
	return p
}

// cutExtension returns how an archive is packed and its name without extension.
func cutExtension(name string) (packing, string) {
	for _, e := range extensions {
		if n := len(name) - len(e.text); n > 0 && strings.EqualFold(name[n:], e.text) {
			return e.packing, name[:n]
		}
	}
	return "", name
}

func isForeign(name string) bool {
	for _, e := range foreign {
		if strings.HasSuffix(strings.ToLower(name), e) {
			return true
		}
	}
	return false
}

// isGo reports that the file called name is a Go source file to a person, who may
// write .GO.
func isGo(name string) bool { return strings.EqualFold(path.Ext(name), ".go") }

func wrongExtension(name string) error {
	if isGo(name) {
		return fmt.Errorf("%q is a single file; put it into a folder or an archive of the student's own", name)
	}
	return fmt.Errorf("%q is not a kind of archive that is read; pack it as .zip or .tar.gz", name)
}

// archive is an open archive: its bytes, in a file or in memory.
type archive struct {
	name string
	caps caps
	io.ReaderAt
	size  int64
	close func()
}

// openArchive opens the archive's file at p.
func openArchive(p string, most caps) (*archive, error) {
	root, err := os.OpenRoot(filepath.Dir(p))
	if err != nil {
		return nil, unreadable(filepath.Dir(p), err)
	}
	defer func() { _ = root.Close() }()
	name := filepath.Base(p)
	f, info, err := openRegular(root, name)
	if err != nil {
		return nil, err
	}
	if info.Size() > most.file {
		f.Close()
		return nil, fmt.Errorf("%q is larger than %d MB; %s", name, most.file>>20, most.advice)
	}
	return &archive{name: name, caps: most, ReaderAt: f, size: info.Size(), close: func() { f.Close() }}, nil
}

// listArchive lists the archive at p. The archive stays open until the listing
// is closed.
func listArchive(ctx context.Context, p string, most caps, want wanted) (*listing, error) {
	a, err := openArchive(p, most)
	if err != nil {
		return nil, err
	}
	return a.listOrClose(ctx, want)
}

// listFolder lists a folder of the class in the archive at p.
func listFolder(ctx context.Context, p, folder string) (*listing, error) {
	l, err := listArchive(ctx, p, classCaps, func(name string) int64 {
		if strings.HasPrefix(name, folder+"/") {
			return sources(name)
		}
		return 0
	})
	if err != nil {
		return nil, err
	}
	part := l.parts(folder)[folder]
	part.close = l.close
	return part, nil
}

// listInner lists the archive inner within the archive at p.
func listInner(ctx context.Context, p, inner string) (*listing, error) {
	l, err := listArchive(ctx, p, classCaps, func(name string) int64 {
		if name == inner {
			return maxInner
		}
		return 0
	})
	if err != nil {
		return nil, err
	}
	defer l.close()
	read, ok := l.files[inner]
	if !ok {
		return nil, fmt.Errorf("%q is no longer in %q; grade it again when nothing writes there", inner, filepath.Base(p))
	}
	text, err := read()
	if err != nil {
		return nil, err
	}
	a := &archive{name: path.Base(inner), caps: studentCaps, ReaderAt: bytes.NewReader(text), size: int64(len(text)), close: func() {}}
	return a.listOrClose(ctx, sources)
}

// wanted says how many bytes of a file may be read; 0: it is only listed.
type wanted func(name string) int64

// IsSource reports that the content of the file called name, a slash path, is
// read of a submission.
func IsSource(name string) bool { return path.Ext(name) == ".go" || path.Base(name) == "go.mod" }

func sources(name string) int64 {
	if IsSource(name) {
		return maxFile
	}
	return 0
}

func (a *archive) listOrClose(ctx context.Context, want wanted) (*listing, error) {
	l, err := a.list(ctx, want)
	if err != nil {
		a.close()
		return nil, err
	}
	l.close = a.close
	return l, nil
}

func (a *archive) list(ctx context.Context, want wanted) (*listing, error) {
	if a.size == 0 {
		return nil, fmt.Errorf("%q is an empty file; download or pack it again", a.name)
	}
	var l *listing
	var err error
	switch packingOf(a.name) {
	case zipped:
		l, err = a.listZip(want)
	case tarred:
		l, err = a.listTar(ctx, want)
	default:
		return nil, wrongExtension(a.name)
	}
	if err == nil && l.entries == 0 {
		err = fmt.Errorf("%q is an archive with nothing in it; pack the exercises folder again", a.name)
	}
	return l, err
}

// broken says why an archive cannot be read, and knows one that has another
// kind's extension by its first bytes.
func (a *archive) broken(cause error) error {
	if ctxErr := contextError(cause); ctxErr != nil {
		return ctxErr
	}
	head := make([]byte, 4)
	n, _ := a.ReadAt(head, 0)
	is := packing("")
	switch {
	case bytes.HasPrefix(head[:n], []byte("PK")):
		is = zipped
	case bytes.HasPrefix(head[:n], []byte{0x1f, 0x8b}):
		is = tarred
	}
	if is != "" && is != packingOf(a.name) {
		return fmt.Errorf("%q holds a %s in spite of its name; rename it to end in .%s", a.name, is, is)
	}
	return fmt.Errorf("%q cannot be unpacked (%w); download or pack it again", a.name, cause)
}

func contextError(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// count adds one more entry, ignored or not, to l.
func (a *archive) count(l *listing, name string) error {
	l.entries++
	l.names += int64(len(name))
	if max(l.entries, l.size()) > a.caps.entries || l.names > a.caps.contents {
		return a.crowded()
	}
	return nil
}

func (a *archive) crowded() error { return crowded(a.name, a.caps.entries, a.caps.advice) }

func (a *archive) bomb() error {
	return fmt.Errorf("%q unpacks to far more than source text does; %s", a.name, a.caps.advice)
}

// checkRatio refuses what so many packed bytes may not become.
func (a *archive) checkRatio(packed, unpacked int64) error {
	if unpacked > a.caps.unpacked || unpacked > a.caps.free && unpacked/maxRatio > packed {
		return a.bomb()
	}
	return nil
}
