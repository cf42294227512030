package submission

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"path"
)

// maxKept is how much of a tar.gz is kept in memory: an archive within it, or
// all its source files, also those of a vendored module. What goes beyond it is
// only listed.
const maxKept = 2 * maxInner

// tarLister lists a tar.gz, which can only be read from its beginning: what is
// wanted of it is kept in memory.
type tarLister struct {
	*archive
	*listing
	stream *unpacking
	tar    *tar.Reader
	want   wanted
	kept   int64
}

func (a *archive) listTar(ctx context.Context, want wanted) (*listing, error) {
	packed := io.NewSectionReader(a, 0, a.size)
	z, err := gzip.NewReader(packed)
	if err != nil {
		return nil, a.broken(err)
	}
	stream := &unpacking{ctx: ctx, archive: a, packed: packed, stream: z}
	t := tarLister{archive: a, listing: newListing(a.name), stream: stream, tar: tar.NewReader(stream), want: want}
	for {
		h, err := t.tar.Next()
		if errors.Is(err, io.EOF) {
			t.listing.kept = t.kept <= maxKept
			return t.listing, nil
		}
		if err != nil {
			return nil, stream.explain(err)
		}
		if err := t.add(h); err != nil {
			return nil, err
		}
	}
}

func (t *tarLister) add(h *tar.Header) error {
	if h.Typeflag == tar.TypeXGlobalHeader {
		return nil // a comment of git archive's
	}
	if err := t.count(t.listing, h.Name); err != nil {
		return err
	}
	name, err := t.cleanName(h.Name)
	if err != nil {
		return err
	}
	switch {
	case ignored(name) || len(name) > maxPath || depth(name) > maxDepth:
	case h.Typeflag == tar.TypeDir:
		t.addFolder(name)
	case h.Typeflag != tar.TypeReg:
		t.links = append(t.links, name)
	default:
		return t.keep(name, h.Size)
	}
	return nil
}

func (t *tarLister) keep(name string, size int64) error {
	most := t.want(name)
	if most == 0 || size > most {
		t.addFile(name, func() ([]byte, error) { return nil, tooLarge(path.Base(name), most) })
		return nil
	}
	if t.kept += size; t.kept > maxKept {
		t.addFile(name, func() ([]byte, error) { return nil, t.bomb() })
		return nil
	}
	text, err := io.ReadAll(t.tar)
	if err != nil {
		return t.stream.explain(err)
	}
	t.addFile(name, func() ([]byte, error) { return text, nil })
	return nil
}

// unpacking is the unpacked stream of a tar.gz. It fails when it becomes longer
// than source text does, and when ctx is done.
type unpacking struct {
	ctx     context.Context
	archive *archive
	packed  io.Seeker
	stream  io.Reader
	n       int64
	failed  error
}

func (u *unpacking) Read(p []byte) (int, error) {
	if u.failed = u.ctx.Err(); u.failed != nil {
		return 0, u.failed
	}
	n, err := u.stream.Read(p)
	u.n += int64(n)
	consumed, _ := u.packed.Seek(0, io.SeekCurrent)
	if u.failed = u.archive.checkRatio(consumed, u.n); u.failed != nil {
		return 0, u.failed
	}
	return n, err
}

// explain gives the reason why the stream cannot be read.
func (u *unpacking) explain(err error) error {
	if u.failed != nil {
		return u.failed
	}
	return u.archive.broken(err)
}
