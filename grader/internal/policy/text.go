package policy

import (
	"bytes"
	"go/ast"
	"go/build/constraint"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// reserved is the letter in every name that the kit adds to a candidate.
const reserved = "ǃ" // U+01C3

// kitFile is what the kit lays beside every candidate.
const kitFile = "zz_kit.go"

// platforms are the file name endings that the go command reads as build
// constraints (go/build's lists of operating systems and architectures).
var platforms = strings.Fields(`
	aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos
	386 amd64 amd64p32 arm arm64 arm64be armbe loong64 mips mips64 mips64le mips64p32 mips64p32le mipsle
	ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm`)

// checkName refuses file names that mean something to the go command or the kit.
// A file for one platform would be in the program on one machine and not on
// another.
func (c *checker) checkName() {
	stem, _, _ := strings.Cut(c.name, ".")
	parts := strings.Split(strings.TrimSuffix(stem, "_test"), "_")
	last := parts[len(parts)-1]
	switch {
	case strings.EqualFold(c.name, kitFile):
		c.reportLine(1, "name", "a file called %s is the kit's own; choose another name", kitFile)
	case len(parts) > 1 && slices.Contains(platforms, last):
		c.reportLine(1, "name", "a file whose name ends in _%s is only compiled for %s; rename it, for example to %s.go",
			last, last, strings.Join(parts[:len(parts)-1], "_")+last)
	}
}

// checkText refuses characters that make a text look like another.
func (c *checker) checkText() {
	line := 1
	for part := range bytes.Lines(c.Sources[c.name]) {
		for _, r := range string(part) {
			if unicode.Is(unicode.Bidi_Control, r) {
				c.reportLine(line, "text", "the line holds the invisible character %U, which can make code look like another; remove it, or write it as \\u%04x within a string", r, r)
				break
			}
		}
		line++
	}
}

// Comments that direct the compiler. A line directive ends in a number after a
// colon; anything else that begins so is prose.
var (
	lineDirective = regexp.MustCompile(`(?s)^/[/*]line .*:[0-9]+\s*(\*/)?$`)
	goDirective   = regexp.MustCompile(`^//go:\S`)
)

func (c *checker) checkComments(f *ast.File) {
	for _, group := range f.Comments {
		for _, comment := range group.List {
			c.checkComment(f, comment)
		}
	}
}

func (c *checker) checkComment(f *ast.File, comment *ast.Comment) {
	text := comment.Text
	verb, _, _ := strings.Cut(strings.TrimPrefix(text, "//"), " ")
	switch {
	case lineDirective.MatchString(text):
		c.report(comment.Pos(), "directive", "a line comment moves errors to other files; write a space after the slashes if it is prose, else remove it")
	case constraint.IsGoBuild(text) || constraint.IsPlusBuild(text) && comment.Pos() < f.Package:
		c.report(comment.Pos(), "directive", "a build constraint is not allowed, since it leaves code out on some machines; remove the line, or write //go:build ignore above a file that is no part of the exercise")
	case strings.HasPrefix(text, "//go:embed"):
		c.report(comment.Pos(), "directive", "go:embed is not allowed; write the text into the source")
	case goDirective.MatchString(text) && verb != "go:generate": // that one builds nothing
		c.report(comment.Pos(), "directive", "the compiler directive %s is not allowed; remove the line", strings.TrimSpace(verb))
	}
}

// checkReserved keeps candidates from declaring or using names of the kit's.
func (c *checker) checkReserved(id *ast.Ident) {
	if strings.Contains(id.Name, reserved) {
		c.report(id.Pos(), "name", "the letter %s (U+01C3) in %s is reserved for the kit; rename it", reserved, id.Name)
	}
}
