package phrase

import (
	"regexp"
	"strings"
)

// quotes is a pattern of what is quoted as Go does it.
const quotes = `"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)'`

var quoted = regexp.MustCompile(quotes)

// nested says of each byte of text, and of its end, whether it is within quotes or
// brackets; the one that closes is within, too. What has no partner is a character like
// any other.
func nested(text string) []bool {
	inner := make([]bool, len(text)+1)
	cover := func(from, to int) {
		for i := from + 1; i < to; i++ {
			inner[i] = true
		}
	}
	for _, q := range quoted.FindAllStringIndex(text, -1) {
		cover(q[0], q[1])
	}
	var open []int // brackets
	for i := range len(text) {
		switch {
		case inner[i]:
		case strings.IndexByte("([{", text[i]) >= 0:
			open = append(open, i)
		case strings.IndexByte(")]}", text[i]) >= 0 && len(open) > 0:
			cover(open[len(open)-1], i+1)
			open = open[:len(open)-1]
		}
	}
	return inner
}
