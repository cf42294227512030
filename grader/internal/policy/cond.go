package policy

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// The rule of sync.Cond. Its Wait reads the field L without the race detector's
// knowledge; racing writes of values of different types would give one type's
// methods another's data, and with that the whole memory. So L only ever
// gets the standard library's own locks.
const (
	condRule = "the lock of a sync.Cond must be a *sync.Mutex, a *sync.RWMutex or its RLocker(), or a pointer to a struct that embeds one; write for example sync.NewCond(&mu)"
	condCall = "sync.NewCond must be called where it is named, so that its lock can be seen; write for example sync.NewCond(&mu)"
)

// condField returns the field L of sync.Cond as pkg imports it.
func condField(pkg *types.Package) *types.Var {
	if sync := importedSync(pkg); sync != nil {
		if cond, ok := sync.Scope().Lookup("Cond").(*types.TypeName); ok {
			obj, _, _ := types.LookupFieldOrMethod(cond.Type(), true, sync, "L")
			field, _ := obj.(*types.Var)
			return field
		}
	}
	return nil
}

func importedSync(pkg *types.Package) *types.Package {
	if pkg == nil {
		return nil
	}
	for _, p := range pkg.Imports() {
		if p.Path() == "sync" {
			return p
		}
	}
	return nil
}

// checkCond looks at all ways in which a Cond's L gets a value.
func (c *checker) checkCond(n ast.Node, stack []ast.Node) {
	if c.cond == nil {
		return
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		c.condAssign(n)
	case *ast.RangeStmt:
		c.condTargets(n.Key, n.Value)
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			c.condTargets(n.X)
		}
	case *ast.KeyValueExpr:
		if id, ok := n.Key.(*ast.Ident); ok && c.Info.Uses[id] == c.cond {
			c.condValue(n.Value, c.Info.Types[n.Value].Type)
		}
	case *ast.Ident:
		c.condNew(n, stack)
	}
}

// condAssign looks at assignments to L.
func (c *checker) condAssign(n *ast.AssignStmt) {
	for i, target := range n.Lhs {
		if !c.isCondField(target) {
			continue
		}
		if len(n.Lhs) == len(n.Rhs) {
			c.condValue(n.Rhs[i], c.Info.Types[n.Rhs[i]].Type)
			continue
		}
		var t types.Type
		if tuple, ok := c.Info.Types[n.Rhs[0]].Type.(*types.Tuple); ok && i < tuple.Len() {
			t = tuple.At(i).Type()
		}
		c.condValue(n.Rhs[0], t)
	}
}

// condTargets refuses writes to L whose value cannot be seen.
func (c *checker) condTargets(targets ...ast.Expr) {
	for _, t := range targets {
		if c.isCondField(t) {
			c.report(t.Pos(), "cond", condRule)
		}
	}
}

func (c *checker) isCondField(e ast.Expr) bool {
	if e == nil {
		return false
	}
	sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
	return ok && c.Info.Uses[sel.Sel] == c.cond
}

// condNew looks at every use of NewCond: it must be called on the spot.
func (c *checker) condNew(id *ast.Ident, stack []ast.Node) {
	f, ok := c.Info.Uses[id].(*types.Func)
	if !ok || f.Pkg() != c.cond.Pkg() || f.Name() != "NewCond" {
		return
	}
	call := calledBy(id, stack)
	if call == nil || len(call.Args) != 1 {
		c.report(id.Pos(), "cond", condCall)
		return
	}
	c.condValue(call.Args[0], c.Info.Types[call.Args[0]].Type)
}

// calledBy returns the call whose function is id, or a selector that ends in it.
func calledBy(id *ast.Ident, stack []ast.Node) *ast.CallExpr {
	var fun ast.Node = id
	for _, s := range slices.Backward(stack) {
		switch n := s.(type) {
		case *ast.SelectorExpr, *ast.ParenExpr:
			fun = n
		case *ast.CallExpr:
			if n.Fun == fun {
				return n
			}
			return nil
		default:
			return nil
		}
	}
	return nil
}

// condValue reports a value of type t for L that is not a lock of the standard
// library's.
func (c *checker) condValue(e ast.Expr, t types.Type) {
	e = c.unconvert(e)
	if converted := c.Info.Types[e].Type; converted != nil {
		if _, tuple := converted.(*types.Tuple); !tuple {
			t = converted
		}
	}
	if t == nil || !c.isRLocker(e) && !c.isLock(t) {
		c.report(e.Pos(), "cond", condRule)
	}
}

// unconvert removes conversions such as sync.Locker(&mu), which change nothing
// of the value.
func (c *checker) unconvert(e ast.Expr) ast.Expr {
	for {
		e = ast.Unparen(e)
		call, ok := e.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 || !c.Info.Types[call.Fun].IsType() {
			return e
		}
		e = call.Args[0]
	}
}

// isRLocker reports that e calls the RLocker method of a sync.RWMutex.
func (c *checker) isRLocker(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && c.isMethod(c.Info.Uses[sel.Sel], "RLocker")
}

// isLock reports that t is *sync.Mutex, *sync.RWMutex, or a pointer to a struct
// that has Lock and Unlock from one of these.
func (c *checker) isLock(t types.Type) bool {
	p, ok := types.Unalias(t).(*types.Pointer)
	if !ok || types.IsInterface(p.Elem()) {
		return false
	}
	for _, name := range []string{"Lock", "Unlock"} {
		obj, _, _ := types.LookupFieldOrMethod(p, false, c.Types, name)
		if !c.isMethod(obj, name) {
			return false
		}
	}
	return true
}

// isMethod reports that obj is that method of sync.Mutex or sync.RWMutex.
func (c *checker) isMethod(obj types.Object, name string) bool {
	f, ok := obj.(*types.Func)
	if !ok || f.Name() != name || f.Pkg() != c.cond.Pkg() || f.Signature().Recv() == nil {
		return false
	}
	p, ok := types.Unalias(f.Signature().Recv().Type()).(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := types.Unalias(p.Elem()).(*types.Named)
	return ok && (named.Obj().Name() == "Mutex" || named.Obj().Name() == "RWMutex")
}
