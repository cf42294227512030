package message

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/stretchr/testify/require"
)

// What is a sentence within a text is told in Spanish, and the rest stays as it is.
func TestProblemOfSentences(t *testing.T) {
	for english, want := range map[string]string{
		"a/exercise.toml: title needs en and es\norder 0 is below 1": "a/exercise.toml: a title le hacen falta las claves «en» y «es»\norder 0 es menor que 1",
		"full: a program in it can start a process, signal the grader; basic: run /x: make Landlock rules: invalid argument": "full: un programa dentro puede crear un proceso, " +
			"enviar señales al calificador; basic: ejecutar /x: crear reglas de Landlock: invalid argument",
		"write g/results.json: permission denied: name another directory with --out": "no se puede escribir g/results.json: permission denied: da otro directorio con --out",
		"syntax error: unexpected newline, expected comma or )":                      "syntax error: unexpected newline, expected comma or )",
		"use of untyped nil in variable declaration":                                 "use of untyped nil in variable declaration",
	} {
		require.Equal(t, want, Problem(Spanish, english))
	}
}

// speakers are the packages whose errors end commands, and makers what makes errors there.
var (
	speakers = []string{"build", "catalog", "cli", "exam", "export", "gate", "grading", "phrase", "report", "results", "sandbox", "submission"}
	makers   = []string{"errors.New", "fmt.Errorf", "usagef", "below", "problem"}
)

// unsaid are errors that nobody meets, or never as they stand.
var unsaid = []string{
	"%q holds two %s, %q and %q; %s",
	"%s is for the grader itself",
	"only on Linux does a program start by way of the grader",
	"table of contents too large",
	"the kit's pristine copy cannot be read",
	"the race detector needs a C compiler",
	"the room was cleared away",
	"the sandbox cannot be tested here",
}

// Whatever ends a command is told in Spanish, too.
func TestErrorsInSpanish(t *testing.T) {
	n, known := 0, shapes(t)
	for _, name := range speakers {
		files, err := filepath.Glob("../" + name + "/*.go")
		require.NoError(t, err)
		for _, file := range files {
			for _, format := range errorFormats(t, file) {
				require.True(t, inSpanish(known, format), "%s: phrases.toml has nothing like %q", file, format)
				n++
			}
		}
	}
	require.Greater(t, n, 150)
}

var (
	verb  = regexp.MustCompile(`%[-+#]?[a-z]`)
	prose = regexp.MustCompile(`\pL+\W+\pL+`)
	where = regexp.MustCompile(`^(\S+ )?X: `) // before a sentence
)

// errorFormats returns the sentences that errors are made of in a file that is no test.
// What only wraps another error, or goes on after it, is none.
func errorFormats(t *testing.T, file string) (all []string) {
	if strings.HasSuffix(file, "_test.go") {
		return nil
	}
	tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	require.NoError(t, err)
	ast.Inspect(tree, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || !slices.Contains(makers, types.ExprString(call.Fun)) {
			return true
		}
		if text, ok := call.Args[0].(*ast.BasicLit); ok {
			format, err := strconv.Unquote(text.Value)
			require.NoError(t, err)
			if prose.MatchString(verb.ReplaceAllString(format, "")) && !strings.HasPrefix(format, "%w") && !slices.Contains(unsaid, format) {
				all = append(all, format)
			}
		}
		return true
	})
	return all
}

// problems are what [phrases] is made of.
func problems(t *testing.T) (texts map[string]string) {
	require.NoError(t, toml.Unmarshal(phrasesTOML, &texts))
	require.Greater(t, len(texts), 300)
	return texts
}

// shapes returns what the sentences look like, with anything in their holes.
func shapes(t *testing.T) (all []*regexp.Regexp) {
	hole := regexp.MustCompile(`\\\{\w+\\\}`) // as QuoteMeta leaves it
	for english := range problems(t) {
		all = append(all, regexp.MustCompile("^"+hole.ReplaceAllString(regexp.QuoteMeta(english), "(?s:.+)")+"$"))
	}
	return all
}

func inSpanish(shapes []*regexp.Regexp, format string) bool {
	text := verb.ReplaceAllString(format, "X")
	return slices.ContainsFunc(shapes, func(shape *regexp.Regexp) bool {
		return shape.MatchString(text) || shape.MatchString(where.ReplaceAllString(text, ""))
	})
}
