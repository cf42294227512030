package results

import "strings"

// maxText is how many bytes of a text that a submission has a part in are kept:
// enough for any honest one, while a panic's value or an identifier can have
// megabytes.
const maxText = 2 << 10

// Clip returns s as valid UTF-8 and without its middle when it is too long for a
// results.json: what to do about it stands at the end of a sentence.
func Clip(s string) string {
	if len(s) > maxText {
		s = s[:maxText/2] + "…" + s[len(s)-maxText/2:]
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// NewProblem returns a problem whose texts are clipped. Line is 0 where no line
// is to blame.
func NewProblem(file string, line int, message string) *Problem {
	return &Problem{File: Clip(file), Line: line, Message: Clip(message)}
}
