package policy

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

const (
	alias   = "it shares memory in which the race detector sees nothing; use the other methods of big.Int"
	unseen  = "the race detector does not see all that it reads and writes; write it in another way"
	callers = "it tells who has called your code; use log.Print"
	writer  = "what writes to it waits for others unseen; use log.Print"
	files   = "it is about files, which no exercise needs"
)

// refused says of names in allowed packages why nobody may use them.
var refused = map[string]string{
	"log.Output":                          callers,
	"(*log.Logger).Output":                callers,
	"log.Writer":                          writer,
	"(*log.Logger).Writer":                writer,
	"math/big.Word":                       alias,
	"(*math/big.Int).Bits":                alias,
	"(*math/big.Int).SetBits":             alias,
	"(*math/big.Int).SetBytes":            unseen,
	"(*math/big.Int).FillBytes":           unseen,
	"(*math/big.Int).GobDecode":           unseen,
	"(*math/big.Float).Append":            unseen,
	"(*math/big.Float).AppendText":        unseen,
	"(*math/big.Float).GobDecode":         unseen,
	"(*math/big.Rat).GobDecode":           unseen,
	"(*math/rand/v2.PCG).AppendBinary":    unseen,
	"(*math/rand/v2.PCG).UnmarshalBinary": unseen,
	"math/rand/v2.ChaCha8":                unseen,
	"math/rand/v2.NewChaCha8":             unseen,
	"(*net/http.Request).SetPathValue":    unseen, // Clone copies what it sets with maps.Clone
	"net/http.Dir":                        files,
	"net/http.FS":                         files,
	"net/http.FileServer":                 files,
	"net/http.FileServerFS":               files,
	"net/http.NewFileTransport":           files,
	"net/http.NewFileTransportFS":         files,
	"net/http.ServeFile":                  files,
	"net/http.ServeFileFS":                files,

	// Fields, through which packages can be reached that may not be imported.
	"net/http.ErrorLog":        writer,
	"net/http.TLS":             unseen,
	"net/http.TLSClientConfig": unseen,
	"net/http.TLSConfig":       unseen,
	"net/http.TLSNextProto":    unseen,
}

// disguised are the refused methods that an interface of the candidate's own could
// be a name for, once it has values of the package that they are from.
var disguised = map[string]struct {
	from string
	is   func(*types.Signature) bool
	why  string
}{
	"Output": {"log", func(s *types.Signature) bool {
		return s.Params().Len() == 2 && may(s.Params().At(0), isBasic) && may(s.Params().At(1), isBasic)
	}, callers},
	"Writer": {"log", func(s *types.Signature) bool {
		return s.Params().Len() == 0 && s.Results().Len() == 1 && may(s.Results().At(0), types.IsInterface)
	}, writer},
	"Bits": {"math/big", func(s *types.Signature) bool {
		return s.Params().Len() == 0 && s.Results().Len() == 1 && may(s.Results().At(0), isSlice)
	}, alias},
	"SetBits":   {"math/big", takesSlice, alias},
	"SetBytes":  {"math/big", takesSlice, unseen},
	"FillBytes": {"math/big", takesSlice, unseen},
	"Append": {"math/big", func(s *types.Signature) bool {
		return s.Params().Len() == 3 && may(s.Params().At(0), isSlice)
	}, unseen},
	"AppendText": {"math/big", takesSlice, unseen},
	"GobDecode":  {"math/big", takesSlice, unseen},
	"SetPathValue": {"net/http", func(s *types.Signature) bool {
		return s.Params().Len() == 2 && may(s.Params().At(0), isBasic) && may(s.Params().At(1), isBasic)
	}, unseen},
	"AppendBinary":    {"math/rand/v2", takesSlice, unseen},
	"UnmarshalBinary": {"math/rand/v2", takesSlice, unseen},
}

func takesSlice(s *types.Signature) bool {
	return s.Params().Len() == 1 && may(s.Params().At(0), isSlice)
}

// may says whether v can be of a type as is wanted: that of a type parameter is not
// known.
func may(v *types.Var, is func(types.Type) bool) bool {
	_, open := types.Unalias(v.Type()).(*types.TypeParam)
	return open || is(v.Type().Underlying())
}

func isBasic(t types.Type) bool { _, ok := t.(*types.Basic); return ok }

func isSlice(t types.Type) bool { _, ok := t.(*types.Slice); return ok }

// reaches says whether the candidate can have values of package p: a server of net/http
// has a logger, a certificate a big number.
func (c *checker) reaches(p string) bool {
	return c.imports(p) || c.imports("net/http") && (p == "log" || p == "math/big")
}

// checkDisguise refuses interfaces through which a refused method could be called.
func (c *checker) checkDisguise(i *ast.InterfaceType) {
	for _, field := range i.Methods.List {
		for _, id := range field.Names {
			f, isFunc := c.Info.Defs[id].(*types.Func)
			if d, ok := disguised[id.Name]; ok && isFunc && d.is(f.Signature()) && c.reaches(d.from) {
				c.report(id.Pos(), "names", "a method %s of this kind is not allowed: %s", id.Name, d.why)
			}
		}
	}
}

// checkUse holds packages of which only some names are allowed to those, and
// refuses some names of the others.
func (c *checker) checkUse(id *ast.Ident, stack []ast.Node) {
	obj := c.Info.Uses[id]
	if obj == nil || obj.Pkg() == nil {
		return
	}
	if why := refused[fullName(obj)]; why != "" {
		c.report(id.Pos(), "names", "%s is not allowed: %s", fullName(obj), why)
	}
	if obj.Parent() != obj.Pkg().Scope() {
		return // a field, a method, or nothing of a package's
	}
	p := obj.Pkg().Path()
	only, ok := c.allowed[p]
	if !ok || only == nil {
		return
	}
	switch {
	case !only[obj.Name()]:
		c.report(id.Pos(), "names", "%s.%s is not allowed; of package %s use only %s",
			p, obj.Name(), p, strings.Join(slices.Sorted(maps.Keys(only)), ", "))
	case p == "runtime" && obj.Name() == "GOMAXPROCS" && !c.isQuery(id, stack):
		c.report(id.Pos(), "names", "GOMAXPROCS may not be changed or passed on; ask for it with runtime.GOMAXPROCS(0)")
	case p == "runtime" && obj.Name() == "Stack" && !c.isOwnStack(id, stack):
		c.report(id.Pos(), "names", "Stack may not tell of other goroutines, nor be passed on; call it as runtime.Stack(buf, false)")
	}
}

// fullName is obj's name with that of its package and, for a method, its receiver.
func fullName(obj types.Object) string {
	if f, ok := obj.(*types.Func); ok {
		return f.FullName()
	}
	return obj.Pkg().Path() + "." + obj.Name()
}

// isQuery reports that id, within stack, is the function called in
// runtime.GOMAXPROCS(0).
func (c *checker) isQuery(id *ast.Ident, stack []ast.Node) bool {
	call := calledBy(id, stack)
	return call != nil && len(call.Args) == 1 && c.isZero(call.Args[0])
}

// isOwnStack reports that id, within stack, is the function called in
// runtime.Stack(buf, false).
func (c *checker) isOwnStack(id *ast.Ident, stack []ast.Node) bool {
	call := calledBy(id, stack)
	return call != nil && len(call.Args) == 2 && c.isFalse(call.Args[1])
}

func (c *checker) isFalse(e ast.Expr) bool {
	v := c.Info.Types[e].Value
	return v != nil && v.Kind() == constant.Bool && !constant.BoolVal(v)
}

func (c *checker) isZero(e ast.Expr) bool {
	if v := c.Info.Types[e].Value; v != nil {
		return v.String() == "0"
	}
	lit, ok := ast.Unparen(e).(*ast.BasicLit)
	return ok && lit.Kind == token.INT && lit.Value == "0"
}
