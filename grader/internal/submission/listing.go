package submission

import (
	"fmt"
	"path"
	"regexp"
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
	entries int                 // of the archive, also those that are ignored
	names   int64               // bytes of their names
	kept    bool                // what is read of a submission is in memory
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

// size is the number of files and folders but those that are ignored.
func (l *listing) size() int { return len(l.files) + len(l.folders) - 1 + len(l.links) }

// check refuses more files and folders than a submission has.
func (l *listing) check() error {
	if l.size() > maxEntries {
		return crowded(l.name, maxEntries, studentCaps.advice)
	}
	return nil
}

func crowded(name string, most int, advice string) error {
	return fmt.Errorf("%q holds more than %d files and folders; %s", name, most, advice)
}

func (l *listing) addFile(name string, f file) {
	if _, ok := l.files[name]; ok {
		l.twice[name] = struct{}{}
	}
	l.files[name] = f
	l.addFolder(path.Dir(name))
}

// parts lists folders of l that lie side by side, each as if it were all there is.
func (l *listing) parts(folders ...string) map[string]*listing {
	all := map[string]*listing{}
	for _, f := range folders {
		all[f] = newListing(path.Base(f))
	}
	// cut returns the part that name belongs to, and its name there.
	cut := func(name string) (*listing, string) {
		end := 0
		for range depth(folders[0]) + 1 {
			_, rest, ok := strings.Cut(name[end:], "/")
			if !ok {
				return nil, ""
			}
			end = len(name) - len(rest)
		}
		return all[name[:end-1]], name[end:]
	}
	for name, f := range l.files {
		if part, at := cut(name); part != nil {
			part.addFile(at, f)
		}
	}
	for name := range l.folders {
		if part, at := cut(name); part != nil {
			part.addFolder(at)
		}
	}
	for _, name := range l.links {
		if part, at := cut(name); part != nil {
			part.links = append(part.links, at)
		}
	}
	for name := range l.twice {
		if part, at := cut(name); part != nil {
			part.twice[at] = struct{}{}
		}
	}
	return all
}

func (l *listing) addFolder(name string) {
	for !l.folders[name] {
		l.folders[name] = true
		name = path.Dir(name)
	}
}

// drive begins an absolute path of Windows.
var drive = regexp.MustCompile(`^[A-Za-z]:`)

// cleanName makes an archive's name for an entry a clean slash path without
// invalid UTF-8, whose bytes are escaped: old programs write folder names in
// their own encodings. Some of them also separate by backslashes.
func (l *listing) cleanName(raw string) (string, error) {
	name := strings.ReplaceAll(raw, `\`, "/")
	outside := strings.HasPrefix(name, "/") || drive.MatchString(name)
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
