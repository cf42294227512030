// Package phrase says in Spanish what the kit has put into English sentences of its
// own: what tests found, and why something could not be done. Such a sentence is known
// again by its shape.
package phrase

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Book has phrases, the most particular first.
type Book []phrase

// phrase is a text with holes, which hold what varies and may be phrases themselves.
type phrase struct {
	en    []string // what stands before, between and after the holes
	holes []string // as es calls them
	es    string
}

var hole = regexp.MustCompile(`\{\w*\}`)

// Parse returns the phrases that texts has, from English to Spanish. A hole is {} or
// has a name in braces; what is {} in English, Spanish may call {2} if it is the second.
func Parse(texts map[string]string) (Book, error) {
	var b Book
	for _, en := range slices.Sorted(maps.Keys(texts)) {
		p, err := parse(en, texts[en])
		if err != nil {
			return nil, fmt.Errorf("%q = %q: %w", en, texts[en], err)
		}
		b = append(b, p)
	}
	slices.SortStableFunc(b, func(p, q phrase) int { return cmp.Compare(q.words(), p.words()) })
	return b, nil
}

func parse(en, es string) (phrase, error) {
	_, holes := numbered(en)
	p := phrase{en: hole.Split(en, -1), holes: holes}
	p.es, holes = numbered(es)
	switch {
	case p.words() == 0 || es == "":
		return p, errors.New("a phrase has words in both languages")
	case strings.TrimSpace(en) != en || strings.TrimSpace(es) != es:
		return p, errors.New("a phrase neither begins nor ends with a space")
	case !slices.Equal(slices.Sorted(slices.Values(p.holes)), slices.Sorted(slices.Values(holes))):
		return p, errors.New("both languages need the same holes, each once")
	case slices.Contains(p.en[1:max(1, len(p.en)-1)], ""):
		return p, errors.New("of two holes side by side nothing says where the first ends")
	}
	return p, nil
}

// numbered returns text with a number in each hole that has no name, and all its holes.
func numbered(text string) (_ string, holes []string) {
	text = hole.ReplaceAllStringFunc(text, func(h string) string {
		if h == "{}" {
			h = fmt.Sprintf("{%d}", len(holes)+1)
		}
		holes = append(holes, h)
		return h
	})
	return text, holes
}

// words is how many bytes of p are no holes.
func (p phrase) words() int { return len(strings.Join(p.en, "")) }

// longest is how many bytes of a text are looked at for phrases, which takes about a
// second then. What is longer is hardly the kit's.
const longest = 8 << 10

// In returns what puts a text into lang. What is in no phrase, and what is quoted, it
// leaves as it is.
func (b Book) In(lang string) func(string) string {
	return func(text string) string {
		if lang != "es" || len(text) > longest {
			return text
		}
		return b.spanish(text)
	}
}

func (b Book) spanish(text string) string {
	if core := strings.Trim(text, " "); core != text {
		return strings.Replace(text, core, b.spanish(core), 1)
	}
	for _, p := range b {
		if found, ok := p.match(text); ok {
			return p.fill(found, b.spanish)
		}
	}
	return b.parts(text)
}

// parts translates each part of a text that is no phrase as a whole.
func (b Book) parts(text string) string {
	if at, mark := cut(text); at >= 0 {
		return b.spanish(text[:at]) + mark + b.spanish(text[at+len(mark):])
	}
	if at := indexOutside(text, comma, 0); at >= 0 {
		return b.list(text)
	}
	return b.brackets(text)
}

// cut returns where text falls into two sentences, and at which mark; -1 if nowhere.
func cut(text string) (at int, mark string) {
	for _, mark := range []string{"\n", ": ", "; "} {
		if at := indexOutside(text, mark, 0); at >= 0 {
			return at, mark
		}
	}
	return -1, ""
}

const comma = ", "

// list translates the items of a list, one by one.
func (b Book) list(text string) string {
	at := indexOutside(text, comma, 0)
	if at < 0 {
		return b.spanish(text)
	}
	return b.spanish(text[:at]) + comma + b.list(text[at+len(comma):])
}

// brackets translates what stands before the first brackets of text, in them, and after.
func (b Book) brackets(text string) string {
	inner := nested(text)
	for open := range len(text) {
		if strings.IndexByte("([{", text[open]) >= 0 && !inner[open] && inner[open+1] {
			end := open + slices.Index(inner[open+1:], false)
			return b.spanish(text[:open]) + text[open:open+1] + b.list(text[open+1:end]) + text[end:end+1] + b.spanish(text[end+1:])
		}
	}
	return text
}

// match returns what is in p's holes if text is p. That is something, within one line,
// and before the words of p no more than a sentence, unless these are one of their own.
func (p phrase) match(text string) (found []string, ok bool) {
	rest, ok := strings.CutPrefix(text, p.en[0])
	if !ok || len(p.en) == 1 {
		return nil, ok && rest == ""
	}
	for i, part := range p.en[1:] {
		from := 0
		if i+2 == len(p.en) {
			from = len(rest) - len(part)
		}
		at := indexOutside(rest, part, from)
		if at < 1 || strings.Contains(rest[:at], "\n") {
			return nil, false
		}
		found = append(found, rest[:at])
		rest = rest[at+len(part):]
	}
	if p.en[0] == "" && !isClause(p.en[1]) {
		at, _ := cut(found[0])
		return found, at < 0
	}
	return found, true
}

// isClause says whether words, which follow on something, may follow on a whole
// sentence: after a colon or a semicolon, or in brackets.
func isClause(words string) bool {
	at := strings.IndexAny(words, ":;(")
	return at == 0 || at == 1 // after a space
}

func (p phrase) fill(found []string, translate func(string) string) string {
	var pairs []string
	for i, h := range p.holes {
		pairs = append(pairs, h, translate(found[i]))
	}
	return strings.NewReplacer(pairs...).Replace(p.es)
}

// indexOutside returns where part begins in text, at from or later, outside of what is
// quoted there or in brackets; -1 if nowhere.
func indexOutside(text, part string, from int) int {
	if from < 0 || !strings.Contains(text[from:], part) {
		return -1
	}
	inner := nested(text)
	for at := from; at+len(part) <= len(text); at++ {
		if !inner[at] && strings.HasPrefix(text[at:], part) {
			return at
		}
	}
	return -1
}
