package report

import (
	"fmt"
	"io"
	"strings"
	"unicode"
)

// line returns s on one line without control characters: each white space is
// a space, anything else that does not print, escape sequences and text
// direction marks above all, is shown as Go writes it: \x1b, \u202e.
func line(s string) string {
	return visible(strings.Join(strings.Fields(s), " "))
}

// block is [line] for text of several lines, which keeps line breaks and
// indentation and loses blank lines at its end.
func block(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	lines := strings.Split(strings.TrimRight(s, " \t\r\n"), "\n")
	for i, l := range lines {
		lines[i] = visible(strings.ReplaceAll(strings.TrimRight(l, " \t\r"), "\t", "    "))
	}
	return strings.Join(lines, "\n")
}

func visible(s string) string {
	if plainASCII(s) { // nearly everything
		return s
	}
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r <= 0xFFFF:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// defuse returns s such that a GitHub Actions log takes none of its lines for a
// workflow command: those begin a line with ::, or hold ##[ anywhere.
func defuse(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "##[", "## ["), "\n")
	for i, l := range lines {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(l), "::"); ok {
			before, _, _ := strings.Cut(l, "::")
			lines[i] = before + ": :" + rest
		}
	}
	return strings.Join(lines, "\n")
}

// Log returns a writer to w, which may become a log of GitHub Actions: see [defuse]. Each
// write has to be of whole lines.
func Log(w io.Writer) io.Writer { return log{w} }

type log struct{ to io.Writer }

func (l log) Write(b []byte) (int, error) {
	if _, err := io.WriteString(l.to, defuse(string(b))); err != nil {
		return 0, err
	}
	return len(b), nil
}
