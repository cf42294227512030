package submission

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"syscall"
)

// batch is how many directory entries are read at a time, so that a folder with
// millions of them is not read whole.
const batch = 1000

// listDir lists the directory at dir. Links and devices in it are only noted.
func listDir(ctx context.Context, dir string) (*listing, error) {
	root, err := openDir(dir)
	if err != nil {
		return nil, err
	}
	l := newListing(filepath.Base(dir))
	l.close = func() { _ = root.Close() }
	queue := []string{"."}
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		inner, err := l.readDir(ctx, root, name)
		if err != nil {
			l.close()
			return nil, err
		}
		queue = append(queue, inner...)
	}
	return l, nil
}

// openDir opens dir, which must itself be a directory and no link to one.
func openDir(dir string) (*os.Root, error) {
	before, err := os.Lstat(dir)
	if err != nil {
		return nil, unreadable(dir, err)
	}
	if err := wantDir(dir, before.Mode()); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, unreadable(dir, err)
	}
	after, err := root.Stat(".")
	if err != nil || !os.SameFile(before, after) {
		_ = root.Close()
		return nil, fmt.Errorf("%q was replaced while it was opened; grade it again when nothing writes there", filepath.Base(dir))
	}
	return root, nil
}

func wantDir(dir string, mode fs.FileMode) error {
	switch {
	case mode&fs.ModeSymlink != 0:
		return linkError(filepath.Base(dir))
	case !mode.IsDir():
		return fmt.Errorf("%q is neither a folder nor an archive; hand in a folder, a .zip or a .tar.gz", filepath.Base(dir))
	}
	return nil
}

func linkError(name string) error {
	return fmt.Errorf("%q is a link, which is not followed; put the folder or archive itself there", name)
}

// readDir adds the entries of one folder and returns the folders among them.
func (l *listing) readDir(ctx context.Context, root *os.Root, name string) (folders []string, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	dir, err := root.Open(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	defer dir.Close()
	for {
		entries, err := dir.ReadDir(batch)
		for _, e := range entries {
			at := path.Join(name, e.Name())
			if err := l.addEntry(root, at, e.Type()); err != nil {
				return nil, err
			}
			if e.IsDir() && l.folders[at] && depth(at) < maxDepth {
				folders = append(folders, at)
			}
		}
		if errors.Is(err, io.EOF) {
			return folders, nil
		}
		if err != nil {
			return nil, unreadable(name, err)
		}
	}
}

func (l *listing) addEntry(root *os.Root, at string, mode fs.FileMode) error {
	if ignored(path.Base(at)) {
		return nil
	}
	switch {
	case mode.IsDir():
		l.addFolder(at)
	case mode.IsRegular():
		l.addFile(at, func() ([]byte, error) { return readRegular(root, at, maxFile) })
	default:
		l.links = append(l.links, at)
	}
	return l.check()
}

// openRegular opens the regular file name in root. Whatever else may have taken
// its place since it was listed, a link, a pipe, is refused and never waited for.
func openRegular(root *os.Root, name string) (*os.File, fs.FileInfo, error) {
	before, err := root.Lstat(name)
	if err != nil {
		return nil, nil, unreadable(name, err)
	}
	if before.Mode()&fs.ModeSymlink != 0 {
		return nil, nil, linkError(name)
	}
	if !before.Mode().IsRegular() {
		return nil, nil, fmt.Errorf("%q is no regular file; put the file itself there", name)
	}
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, unreadable(name, err)
	}
	after, err := f.Stat()
	if err != nil || !after.Mode().IsRegular() || !os.SameFile(before, after) {
		f.Close()
		return nil, nil, fmt.Errorf("%q was replaced while it was opened; grade it again when nothing writes there", name)
	}
	return f, after, nil
}

func readRegular(root *os.Root, name string, most int64) ([]byte, error) {
	f, _, err := openRegular(root, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readCapped(f, name, most)
}

// readCapped reads r to its end, which must come within most bytes.
func readCapped(r io.Reader, name string, most int64) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	if int64(len(text)) > most {
		return nil, tooLarge(name, most)
	}
	return text, err
}

func tooLarge(name string, most int64) error {
	return fmt.Errorf("%q is larger than %d KB; hand in source text alone", name, most>>10)
}

// unreadable says what the operating system says, in one sentence.
func unreadable(name string, err error) error {
	cause := err
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		cause = p.Err
	}
	return fmt.Errorf("%q cannot be read (%w); check that it exists and that you may read it", name, cause)
}
