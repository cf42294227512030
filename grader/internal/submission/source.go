package submission

import (
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"unicode"
	"unicode/utf8"
)

// packageOf returns the name in a file's package clause, "" if it has none.
func packageOf(text []byte) string {
	f := header(text, 0)
	if f == nil {
		return ""
	}
	return f.Name.Name
}

// isScratch reports that a file begins with //go:build ignore: it is kept beside
// the exercise and go leaves it out of the package, here as on the student's
// machine. No other build constraint says the same everywhere.
func isScratch(text []byte) bool {
	f := header(text, parser.ParseComments)
	if f == nil {
		return false
	}
	for _, group := range f.Comments {
		for _, c := range group.List {
			if c.Pos() < f.Package && constraint.IsGoBuild(c.Text) {
				x, err := constraint.Parse(c.Text)
				tag, alone := x.(*constraint.TagExpr)
				return err == nil && alone && tag.Tag == "ignore"
			}
		}
	}
	return false
}

// header reads a file as far as its package clause; nil if it has none.
func header(text []byte, mode parser.Mode) *ast.File {
	f, err := parser.ParseFile(token.NewFileSet(), "", text, parser.PackageClauseOnly|mode)
	if err != nil || f.Name == nil {
		return nil
	}
	return f
}

// isPlain reports that the go command takes a file of that name, and that it is
// printed as it is.
func isPlain(name string) bool {
	if len(name) > maxFileName {
		return false
	}
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
