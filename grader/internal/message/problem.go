package message

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Problem returns, in lang, the sentence that says why a submission or a candidate
// could not be graded, or what became of a command. Results store it in English; what
// has no translation, such as the compiler's own words, stays as it is.
func Problem(lang, english string) string {
	if lang != Spanish {
		return english
	}
	for _, p := range patterns() {
		if found, ok := p.match(english); ok {
			return p.fill(found)
		}
	}
	for _, mark := range marks {
		if before, after, ok := strings.Cut(english, mark); ok {
			return Problem(lang, before) + mark + Problem(lang, after)
		}
	}
	return english
}

// marks are where a text may fall into sentences: one a line, a file and what is wrong
// with it, side by side, in a list, and in brackets.
var marks = []string{"\n", ": ", "; ", ", ", " ("}

// pattern is a sentence of problems, ready to be recognised.
type pattern struct {
	names   []string // in braces
	english []string // what stands before, between and after them
	spanish string
}

var braced = regexp.MustCompile(`\{\w+\}`)

var patterns = sync.OnceValue(func() []pattern {
	all := make([]pattern, len(problems))
	for i, p := range problems {
		all[i] = pattern{braced.FindAllString(p[0], -1), braced.Split(p[0], -1), p[1]}
	}
	return all
})

// match returns what text has in place of the names if it is p. That is something, and
// within one line.
func (p pattern) match(text string) (found []string, ok bool) {
	rest, ok := strings.CutPrefix(text, p.english[0])
	last := len(p.english) - 1
	if !ok || last == 0 {
		return nil, ok && rest == ""
	}
	rest, ok = strings.CutSuffix(rest, p.english[last])
	for _, part := range p.english[1:last] {
		if !ok {
			return nil, false
		}
		var hole string
		hole, rest, ok = strings.Cut(rest, part)
		found = append(found, hole)
	}
	found = append(found, rest)
	unfit := func(hole string) bool { return hole == "" || strings.Contains(hole, "\n") }
	return found, ok && !slices.ContainsFunc(found, unfit)
}

// fill puts what was found in English into the Spanish sentence. Advice within
// it has a sentence of its own.
func (p pattern) fill(found []string) string {
	var pairs []string
	for i, name := range p.names {
		pairs = append(pairs, name, Problem(Spanish, found[i]))
	}
	return strings.NewReplacer(pairs...).Replace(p.spanish)
}

// NotHandedIn is the problem, in English, of an exercise without its file.
func NotHandedIn(file string) string { return file + " was not handed in" }
