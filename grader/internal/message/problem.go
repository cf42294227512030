package message

import (
	"regexp"
	"strings"
	"sync"
)

// Problem returns, in lang, the sentence that says why a submission or a
// candidate could not be graded. Results store it in English; what has no
// translation, such as the compiler's own words, stays as it is.
func Problem(lang, english string) string {
	if lang != Spanish {
		return english
	}
	for _, p := range patterns() {
		if m := p.english.FindStringSubmatch(english); m != nil {
			return p.fill(m)
		}
	}
	return english
}

// pattern is a sentence of problems, ready to be recognised.
type pattern struct {
	english *regexp.Regexp // with a group for each name in braces
	spanish string
}

var patterns = sync.OnceValue(func() []pattern {
	all := make([]pattern, len(problems))
	for i, p := range problems {
		all[i] = pattern{recogniser(p[0]), p[1]}
	}
	return all
})

var braced = regexp.MustCompile(`\\\{(\w+)\\\}`)

// recogniser matches template with any text in place of the names in braces.
func recogniser(template string) *regexp.Regexp {
	return regexp.MustCompile(`^(?s:` + braced.ReplaceAllString(regexp.QuoteMeta(template), `(?P<$1>.+?)`) + `)$`)
}

// fill puts what was found in English into the Spanish sentence. Advice within
// it has a sentence of its own.
func (p pattern) fill(found []string) string {
	var pairs []string
	for i, name := range p.english.SubexpNames() {
		if name != "" {
			pairs = append(pairs, "{"+name+"}", Problem(Spanish, found[i]))
		}
	}
	return strings.NewReplacer(pairs...).Replace(p.spanish)
}

// NotHandedIn is the problem, in English, of an exercise without its file.
func NotHandedIn(file string) string { return file + " was not handed in" }
