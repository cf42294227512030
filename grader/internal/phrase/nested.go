package phrase

import (
	"regexp"
	"strings"
)

// quoted matches what is quoted as Go does it.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)'`)

// nested says of each byte of text, and of its end, whether it is within quotes or
// brackets; the one that closes is within, too. What has no partner is a character like
// any other.
func nested(text string) []bool {
	deeper := make([]int, len(text)+2) // by how many, than the byte before
	pair := func(open, end int) {
		deeper[open+1]++
		deeper[end+1]--
	}
	inQuotes := make([]bool, len(text))
	for _, q := range quoted.FindAllStringIndex(text, -1) {
		pair(q[0], q[1]-1)
		for i := q[0]; i < q[1]; i++ {
			inQuotes[i] = true
		}
	}
	var open []int // brackets
	for i := range len(text) {
		switch {
		case inQuotes[i]:
		case strings.IndexByte("([{", text[i]) >= 0:
			open = append(open, i)
		case strings.IndexByte(")]}", text[i]) >= 0 && len(open) > 0:
			pair(open[len(open)-1], i)
			open = open[:len(open)-1]
		}
	}
	inner, depth := make([]bool, len(text)+1), 0
	for i := range inner {
		depth += deeper[i]
		inner[i] = depth > 0
	}
	return inner
}
