package report

import (
	"regexp"
	"strings"
)

// escape returns s as Markdown that reads as s: no emphasis, code, list, table
// cell, mathematics, HTML, image or link comes of it, and no address becomes a
// link. A line break stays one.
func escape(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		l = markdownEscaper.Replace(strings.TrimSpace(l))
		lines[i] = blockStart.ReplaceAllString(l, `$1\$2`)
	}
	return strings.Join(lines, "  \n")
}

// blockStart finds what would begin a list or underline a heading.
var blockStart = regexp.MustCompile(`^(\d*)([-+=.)])`)

var markdownEscaper = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "~", `\~`, "#", `\#`, "$", `\$`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "@", "&#64;", "://", `:/\/`, "www.", `www\.`, "WWW.", `WWW\.`,
)

// fenced returns s as a code block whose fence is longer than any in s.
func fenced(s string) string {
	fence := "```"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + "text\n" + s + "\n" + fence + "\n"
}
