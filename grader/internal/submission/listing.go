package submission

import (
	"fmt"
	"path"
	"strings"
	"unicode/utf8"
)

// listing is the table of contents of one submission.
type listing struct {
	name    string              // of the submission, for messages
	files   map[string]file     // regular files, by clean slash path
	folders map[string]bool     // folders that hold something, or were listed
	links   []string            // links, devices and the like: never used
	twice   map[string]struct{} // files that are listed more than once
	entries int
	close   func()
}

// file reads one file of a listing, unless it is larger than the listing allows.
type file func() ([]byte, error)

func newListing(name string) *listing {
	return &listing{
		name: name, files: map[string]file{}, folders: map[string]bool{".": true},
		twice: map[string]struct{}{}, close: func() {},
	}
}

// count counts one more entry.
func (l *listing) count() error {
	if l.entries++; l.entries > maxEntries {
		return fmt.Errorf("%q holds more than %d files and folders; hand in the exercises folder alone", l.name, maxEntries)
	}
	return nil
}

func (l *listing) addFile(name string, f file) {
	if _, ok := l.files[name]; ok {
		l.twice[name] = struct{}{}
	}
	l.files[name] = f
	l.addFolder(path.Dir(name))
}

// within lists one folder of l.
func (l *listing) within(folder string) *listing {
	part := newListing(path.Base(folder))
	part.close = l.close
	below := func(name string) (string, bool) { return strings.CutPrefix(name, folder+"/") }
	for name, f := range l.files {
		if at, ok := below(name); ok {
			part.addFile(at, f)
		}
	}
	for name := range l.folders {
		if at, ok := below(name); ok {
			part.addFolder(at)
		}
	}
	for _, name := range l.links {
		if at, ok := below(name); ok {
			part.links = append(part.links, at)
		}
	}
	for name := range l.twice {
		if at, ok := below(name); ok {
			part.twice[at] = struct{}{}
		}
	}
	return part
}

func (l *listing) addFolder(name string) {
	for !l.folders[name] {
		l.folders[name] = true
		name = path.Dir(name)
	}
}

// cleanName makes an archive's name for an entry a clean slash path without
// invalid UTF-8, whose bytes are escaped: old programs write folder names in
// their own encodings. Some of them also separate by backslashes.
func (l *listing) cleanName(raw string) (string, error) {
	name := strings.ReplaceAll(raw, `\`, "/")
	outside := strings.HasPrefix(name, "/") || len(name) > 1 && name[1] == ':'
	for part := range strings.SplitSeq(name, "/") {
		outside = outside || part == ".."
	}
	if outside {
		return "", fmt.Errorf("%q holds the path %q, which leads out of it; make the archive again from inside the project's folder", l.name, shorten(raw))
	}
	return escapeInvalid(path.Clean(name)), nil
}

// ignored reports that nothing at name is ever looked at: hidden folders and
// files, and what macOS adds to archives.
func ignored(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == "__MACOSX" || strings.HasPrefix(part, ".") && part != "." {
			return true
		}
	}
	return false
}

// escapeInvalid returns s with bytes that are not UTF-8 written as \xNN.
func escapeInvalid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, `\x%02x`, s[0])
		} else {
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}

func shorten(s string) string {
	const most = 100
	if len(s) <= most {
		return s
	}
	return s[:most] + "..."
}

// depth is the number of folders above name.
func depth(name string) int {
	if name == "." {
		return -1
	}
	return strings.Count(name, "/")
}
