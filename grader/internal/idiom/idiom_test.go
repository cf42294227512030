package idiom

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		want      []Advice
	}{
		{"nothing to say", "package p\n\nimport \"sync\"\n\nvar mu sync.Mutex\n\nfunc f() { mu.Lock(); defer mu.Unlock() }\n", nil},
		{
			"a lock that is copied", "package p\n\nimport \"sync\"\n\ntype T struct{ mu sync.Mutex }\n\nfunc (t T) F() { t.mu.Lock() }\n",
			[]Advice{{"p.go", 7, "copylocks", "F passes lock by value: p.T contains sync.Mutex"}},
		},
		{
			"a context that is never cancelled", "package p\n\nimport \"context\"\n\nfunc f(ctx context.Context) context.Context {\n\tctx, _ = context.WithCancel(ctx)\n\treturn ctx\n}\n",
			[]Advice{{"p.go", 6, "lostcancel", "the cancel function returned by context.WithCancel should be called, not discarded, to avoid a context leak"}},
		},
		{
			"Add in the goroutine", "package p\n\nimport \"sync\"\n\nfunc f() {\n\tvar wg sync.WaitGroup\n\tgo func() {\n\t\twg.Add(1)\n\t\tdefer wg.Done()\n\t}()\n\twg.Wait()\n}\n",
			[]Advice{{"p.go", 8, "waitgroup", "WaitGroup.Add called from inside new goroutine"}},
		},
		{
			"a verb that does not fit", "package p\n\nimport \"fmt\"\n\nfunc f() { fmt.Printf(\"%d\\n\", \"one\") }\n",
			[]Advice{{"p.go", 5, "printf", "fmt.Printf format %d has arg \"one\" of wrong type string"}},
		},
		{
			"a function that is never nil", "package p\n\nfunc f() bool { return f == nil }\n",
			[]Advice{{"p.go", 3, "nilfunc", "comparison of function f == nil is always false"}},
		},
	} {
		require.Equal(t, tt.want, Check(load(t, tt.src)), tt.name)
	}
}

// However much there is to say of a candidate, it is read, and every line of it is
// said once.
func TestCheckSaysTheFirstAndHowManyMore(t *testing.T) {
	const lines = 4000
	src := "package p\n\nfunc f(b bool) {\n" + strings.Repeat("\t_ = b || b\n", lines) + "}\n"
	got := Check(load(t, src))
	require.Len(t, got, most+1)
	for i, a := range got[:most] {
		require.Equal(t, Advice{"p.go", 4 + i, "bools", "redundant or: b || b"}, a)
	}
	require.Equal(t, Advice{Message: "more advice, left out here: 3980"}, got[most])
	require.Len(t, firstOf(got[:most]), most)
}

func load(t *testing.T, src string) Package {
	p := Package{Fset: token.NewFileSet(), Info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{},
		Instances: map[*ast.Ident]types.Instance{}, FileVersions: map[*ast.File]string{},
	}}
	file, err := parser.ParseFile(p.Fset, "p.go", src, parser.ParseComments)
	require.NoError(t, err)
	p.Files = []*ast.File{file}
	conf := types.Config{Importer: importer.ForCompiler(p.Fset, "source", nil)}
	p.Types, err = conf.Check("p", p.Fset, p.Files, p.Info)
	require.NoError(t, err)
	return p
}
