package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// Phrases have in Spanish what the tests of an exercise say in English of what they
// did and what came of it. A test puts a finding into words of its own; they are known
// again by their shape, the most particular first.
type Phrases []phrase

// phrase is a text with holes, which hold what varies and may be phrases themselves.
type phrase struct {
	en []string // what stands before, between and after the holes
	es string   // its holes are {1}, {2}, …
}

// The files of phrases: what visible tests say, and what hidden ones say besides. What
// the helpers of all tests say stands beside these.
const (
	VisiblePhrases = "phrases.toml"
	hiddenPhrases  = "phrases_hidden.toml"
)

// isPhrases says whether the file called base has phrases.
func isPhrases(base string) bool { return base == VisiblePhrases || base == hiddenPhrases }

// readPhrases reads the phrases of the exercise in dir. There may be none.
func readPhrases(dir string) (Phrases, error) {
	texts := map[string]string{}
	shared := filepath.Join(filepath.Dir(dir), "internal")
	for _, path := range []string{filepath.Join(shared, VisiblePhrases), filepath.Join(dir, VisiblePhrases), filepath.Join(dir, hiddenPhrases)} {
		src, err := os.ReadFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, fmt.Errorf("read the phrases: %w", err)
		}
		var more map[string]string
		if err := toml.Unmarshal(src, &more); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		maps.Copy(texts, more)
	}
	p, err := parsePhrases(texts)
	if err != nil {
		return nil, fmt.Errorf("the phrases of %s: %w", filepath.Base(dir), err)
	}
	return p, nil
}

const hole = "{}"

var anyHole = regexp.MustCompile(`\{\d?\}`)

// parsePhrases returns the phrases that texts has, from English to Spanish. A hole is
// {} in both; {2} is the second one of the English text.
func parsePhrases(texts map[string]string) (Phrases, error) {
	var all Phrases
	for _, en := range slices.Sorted(maps.Keys(texts)) {
		p, err := parsePhrase(en, texts[en])
		if err != nil {
			return nil, fmt.Errorf("%q = %q: %w", en, texts[en], err)
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b phrase) int { return cmp.Compare(b.words(), a.words()) })
	return all, nil
}

func parsePhrase(en, es string) (phrase, error) {
	p := phrase{en: strings.Split(en, hole)}
	var holes []string // of es
	p.es = anyHole.ReplaceAllStringFunc(es, func(h string) string {
		if h == hole {
			h = fmt.Sprintf("{%d}", len(holes)+1)
		}
		holes = append(holes, h)
		return h
	})
	slices.Sort(holes)
	var want []string
	for i := range len(p.en) - 1 {
		want = append(want, fmt.Sprintf("{%d}", i+1))
	}
	switch {
	case p.words() == 0 || es == "":
		return p, errors.New("a phrase has words in both languages")
	case !slices.Equal(holes, want):
		return p, errors.New("both languages need the same holes, each once")
	case strings.Contains(en, hole+hole):
		return p, errors.New("of two holes side by side nothing says where the first ends")
	}
	return p, nil
}

// words is how many bytes of p are no holes.
func (p phrase) words() int { return len(strings.Join(p.en, "")) }

// In returns what puts a text into lang. What is in no phrase, and what is quoted, it
// leaves as it is.
func (p Phrases) In(lang string) func(string) string {
	if lang != "es" {
		return func(text string) string { return text }
	}
	return p.spanish
}

func (p Phrases) spanish(text string) string {
	if quoted := mark.FindString(text); len(quoted) == len(text) {
		return text
	}
	for _, phrase := range p {
		if holes, ok := phrase.match(text); ok {
			return phrase.fill(holes, p.spanish)
		}
	}
	return p.pieces(text)
}

// mark is what parts a list or a call, and what is quoted.
var mark = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[,;:] |[()\[\]]`)

// pieces translates the parts of a list or a call one by one.
func (p Phrases) pieces(text string) string {
	marks := mark.FindAllStringIndex(text, -1)
	if len(marks) == 0 {
		return text
	}
	var all strings.Builder
	from := 0
	for _, m := range marks {
		all.WriteString(p.spanish(text[from:m[0]]))
		all.WriteString(text[m[0]:m[1]])
		from = m[1]
	}
	all.WriteString(p.spanish(text[from:]))
	return all.String()
}

// match returns what is in p's holes if text is p.
func (p phrase) match(text string) (holes []string, ok bool) {
	rest, ok := strings.CutPrefix(text, p.en[0])
	if !ok || len(p.en) == 1 {
		return nil, ok && rest == ""
	}
	last := len(p.en) - 1
	for _, part := range p.en[1:last] {
		at := indexOutside(rest, part)
		if at < 1 {
			return nil, false
		}
		holes = append(holes, rest[:at])
		rest = rest[at+len(part):]
	}
	rest, ok = strings.CutSuffix(rest, p.en[last])
	return append(holes, rest), ok && rest != "" && closed(rest)
}

func (p phrase) fill(holes []string, translate func(string) string) string {
	var pairs []string
	for i, h := range holes {
		pairs = append(pairs, fmt.Sprintf("{%d}", i+1), translate(h))
	}
	return strings.NewReplacer(pairs...).Replace(p.es)
}

// indexOutside returns where part begins in text, outside of what is quoted there or in
// brackets; -1 if nowhere.
func indexOutside(text, part string) int {
	var n nesting
	for at := range len(text) {
		if n == (nesting{}) && strings.HasPrefix(text[at:], part) {
			return at
		}
		n.read(text[at])
	}
	return -1
}

// closed says whether every bracket and every quote that begins in text ends there.
func closed(text string) bool {
	var n nesting
	for at := range len(text) {
		n.read(text[at])
	}
	return n == nesting{}
}

// nesting is where in a text one is: how many brackets deep, within quotes, behind a
// backslash there. A bracket that nothing has opened is never made good.
type nesting struct {
	depth           int
	quoted, escaped bool
}

func (n *nesting) read(c byte) {
	switch {
	case n.escaped:
		n.escaped = false
	case n.quoted:
		n.escaped, n.quoted = c == '\\', c != '"'
	case c == '"':
		n.quoted = true
	case n.depth < 0:
	case c == '(' || c == '[' || c == '{':
		n.depth++
	case c == ')' || c == ']' || c == '}':
		n.depth--
	}
}
