package sync_test

import (
	"go/importer"
	"go/token"
	"go/types"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestExportsWhatTheStandardPackagesDo compares names, signatures, methods and
// fields.
func TestExportsWhatTheStandardPackagesDo(t *testing.T) {
	from := importer.ForCompiler(token.NewFileSet(), "source", nil)
	for _, pair := range [][2]string{{"sync", here + "sync"}, {"sync/atomic", here + "atomic"}, {"log", here + "log"}, {"io", here + "io"}} {
		std, err := from.Import(pair[0])
		require.NoError(t, err)
		ours, err := from.Import(pair[1])
		require.NoError(t, err)
		require.Equal(t, api(std), api(ours), pair[0])
	}
}

func api(p *types.Package) map[string]string {
	names := func(q *types.Package) string { return q.Name() }
	all := map[string]string{}
	for _, name := range p.Scope().Names() {
		o := p.Scope().Lookup(name)
		if !o.Exported() {
			continue
		}
		if _, ok := o.(*types.TypeName); !ok {
			all[name] = types.TypeString(nameless(o.Type()), names)
			continue
		}
		all[name] = "type"
		addMembers(all, name, o.Type(), names)
	}
	return all
}

func addMembers(all map[string]string, name string, t types.Type, names types.Qualifier) {
	methods := types.NewMethodSet(types.NewPointer(t))
	if types.IsInterface(t) {
		methods = types.NewMethodSet(t)
	}
	for m := range methods.Methods() {
		if m.Obj().Exported() {
			all[name+"."+m.Obj().Name()] = types.TypeString(nameless(m.Type()), names)
		}
	}
	if s, ok := t.Underlying().(*types.Struct); ok {
		for f := range s.Fields() {
			if f.Exported() {
				all[name+"."+f.Name()] = types.TypeString(f.Type(), names)
			}
		}
	}
}

// nameless drops the names of parameters and results.
func nameless(t types.Type) types.Type {
	s, ok := t.(*types.Signature)
	if !ok {
		return t
	}
	return types.NewSignatureType(nil, nil, nil, unnamed(s.Params()), unnamed(s.Results()), s.Variadic())
}

func unnamed(tuple *types.Tuple) *types.Tuple {
	var vars []*types.Var
	for v := range tuple.Variables() {
		vars = append(vars, types.NewParam(token.NoPos, nil, "", v.Type()))
	}
	return types.NewTuple(vars...)
}

// TestVetSeesCopies runs go vet on a package that copies every type.
func TestVetSeesCopies(t *testing.T) {
	out, err := exec.Command("go", "vet", "-copylocks", "./testdata/copies").CombinedOutput()
	require.Error(t, err)
	for f := 'a'; f <= 'h'; f++ {
		require.Contains(t, string(out), string(f)+" passes lock by value")
	}
}
