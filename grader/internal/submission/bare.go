package submission

import (
	"go/parser"
	"go/token"
	"path"
	"unicode"
	"unicode/utf8"
)

// takeBare takes NAME.go from a folder that may hold the files of many
// exercises. A helper beside it belongs to the exercise that its package clause
// names.
func (c *collector) takeBare(exercise string) (Candidate, error) {
	names := []string{exercise + ".go"}
	for _, name := range c.sources(exercise, c.base) {
		if c.isMain(name) {
			continue
		}
		text, err := c.files[path.Join(c.base, name)]()
		if err == nil && packageOf(text) == exercise {
			names = append(names, name)
		}
	}
	return c.take(exercise, c.base, names)
}

// isMain reports that name is some exercise's NAME.go.
func (c *collector) isMain(name string) bool {
	for _, e := range c.kit.Exercises {
		if name == e+".go" {
			return true
		}
	}
	return false
}

// packageOf returns the name in a file's package clause, "" if it has none.
func packageOf(text []byte) string {
	f, err := parser.ParseFile(token.NewFileSet(), "", text, parser.PackageClauseOnly)
	if err != nil || f.Name == nil {
		return ""
	}
	return f.Name.Name
}

// isPlain reports that the go command takes a file of that name, and that it is
// printed as it is.
func isPlain(name string) bool {
	for i, r := range name {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		if r == utf8.RuneError || !unicode.IsPrint(r) || i == 0 && !letter {
			return false
		}
		switch r {
		case '/', '\\', '"', ':', '*', '?', '<', '>', '|':
			return false
		}
	}
	return true
}
