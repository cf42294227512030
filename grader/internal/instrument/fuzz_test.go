package instrument

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzProgram rewrites generated programs, all of which compile.
func FuzzProgram(f *testing.F) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 300 {
		choices := make([]byte, n)
		for i := range choices {
			choices[i] = byte(random.Uint32())
		}
		f.Add(choices, n%2 == 0)
	}
	f.Fuzz(func(t *testing.T, choices []byte, dos bool) {
		src := program(choices)
		if dos {
			src = strings.ReplaceAll(src, "\n", "\r\n")
		}
		sources := map[string][]byte{"p.go": []byte(src)}
		_, problems := check(t, "p", sources)
		require.Empty(t, problems, src)
		both(t, "p", sources)
	})
}

// FuzzSource rewrites any text that parses, whether or not it compiles.
func FuzzSource(f *testing.F) {
	paths, err := filepath.Glob("testdata/*/*")
	require.NoError(f, err)
	for _, path := range paths {
		src, err := os.ReadFile(path)
		require.NoError(f, err)
		_, src, _ = bytes.Cut(src, []byte("-- before.go --\n"))
		src, _, _ = bytes.Cut(src, []byte("-- after.go --\n"))
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		p := Package{Fset: token.NewFileSet(), Sources: map[string][]byte{"p.go": src}, Info: newInfo(), Shared: len(src)%2 == 0}
		file, err := parser.ParseFile(p.Fset, "p.go", src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return
		}
		p.Files = []*ast.File{file}
		failed := false
		conf := types.Config{Importer: library, Error: func(error) { failed = true }}
		_, _ = conf.Check("p", p.Fset, p.Files, p.Info)
		if _, err := Rewrite(p); !failed {
			require.NoError(t, err)
		}
	})
}
