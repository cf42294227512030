package submission

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// listZip lists a zip. Nothing is unpacked before it is read.
func (a *archive) listZip(want wanted) (*listing, error) {
	contents := &metered{ReaderAt: a, left: a.caps.contents}
	r, err := zip.NewReader(contents, a.size)
	if errors.Is(err, errContents) {
		return nil, a.crowded()
	}
	if err != nil {
		return nil, a.broken(err)
	}
	contents.left = -1
	l := newListing(a.name)
	declared := int64(0)
	for _, f := range r.File {
		declared = a.add(declared, f.UncompressedSize64)
		if err := a.addZipped(l, f, want); err != nil {
			return nil, err
		}
	}
	if a.caps.class {
		return l, nil // a student's bomb is not the class's: only source files are unpacked
	}
	return l, a.checkRatio(a.size, declared)
}

// add adds up to what is too much, without overflow.
func (a *archive) add(sum int64, n uint64) int64 {
	most := a.caps.unpacked + 1
	return min(sum+int64(min(n, uint64(most))), most)
}

func (a *archive) addZipped(l *listing, f *zip.File, want wanted) error {
	if err := a.count(l, f.Name); err != nil {
		return err
	}
	name, err := l.cleanName(f.Name)
	if err != nil {
		return err
	}
	mode := f.Mode()
	switch {
	case ignored(name) || len(name) > maxPath || depth(name) > maxDepth:
	case mode.IsDir() || strings.HasSuffix(f.Name, `\`):
		l.addFolder(name)
	case mode&fs.ModeType != 0:
		l.links = append(l.links, name)
	default:
		l.addFile(name, func() ([]byte, error) { return a.readZipped(f, name, want(name)) })
	}
	return nil
}

func (a *archive) readZipped(f *zip.File, name string, most int64) ([]byte, error) {
	const encrypted = 1 // of the flags, by section 4.4.4 of the format's description
	if f.Flags&encrypted != 0 {
		return nil, fmt.Errorf("%q is encrypted; pack it again without a password", a.name)
	}
	if f.UncompressedSize64 > uint64(most) {
		return nil, tooLarge(path.Base(name), most)
	}
	r, err := f.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return nil, fmt.Errorf("%q is packed by a method that is not read; pack it again as an ordinary zip", a.name)
	}
	if err != nil {
		return nil, a.broken(err)
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, most+1)) // the declared size may be a lie
	if int64(len(text)) > most {
		err = tooLarge(path.Base(name), most)
	} else if err != nil {
		err = a.broken(err)
	}
	return text, err // what was unpacked counts even when it is of no use
}

// metered is a ReaderAt that gives out left bytes, or all when left is negative.
// It keeps a forged table of contents from filling the memory.
type metered struct {
	io.ReaderAt
	left int64
}

var errContents = errors.New("table of contents too large")

func (m *metered) ReadAt(p []byte, at int64) (int, error) {
	if m.left >= 0 {
		if m.left < int64(len(p)) {
			return 0, errContents
		}
		m.left -= int64(len(p))
	}
	return m.ReaderAt.ReadAt(p, at)
}
