package policy

import (
	"go/ast"
	"go/types"
)

// Copies of a number of math/big share its digits, which only assembly touches, so
// that the race detector sees nothing of it.
const copied = "a copy of a number of math/big shares its digits, in which the race detector sees nothing: keep a pointer, and copy with its method Set"

// checkCopies refuses expressions that copy a number of math/big or what holds one.
func (c *checker) checkCopies(e ast.Expr, stack []ast.Node) {
	if id, ok := e.(*ast.Ident); ok {
		c.checkInstance(id)
	}
	tv, ok := c.Info.Types[e]
	if !ok || !tv.IsValue() {
		return
	}
	switch t := tv.Type.Underlying().(type) {
	case *types.Slice, *types.Map, *types.Chan, *types.Array:
		if ofNumbers(t) { // its elements are copied by whoever gets it
			c.report(e.Pos(), "copy", copied)
		}
	case *types.Struct:
		if holdsNumber(t) && copies(e, stack) {
			c.report(e.Pos(), "copy", copied)
		}
	}
}

// checkInstance refuses generic code that could copy a number of math/big. Package
// atomic's own does not.
func (c *checker) checkInstance(id *ast.Ident) {
	instance, ok := c.Info.Instances[id]
	if o := c.Info.Uses[id]; !ok || o == nil || o.Pkg() != nil && o.Pkg().Path() == "sync/atomic" {
		return
	}
	for t := range instance.TypeArgs.Types() {
		if holdsNumber(t) || ofNumbers(t.Underlying()) {
			c.report(id.Pos(), "copy", copied)
			return
		}
	}
}

// checkByValue refuses functions that take or return a number of math/big itself.
func (c *checker) checkByValue(fields *ast.FieldList) {
	if fields == nil {
		return
	}
	for _, f := range fields.List {
		if t := c.Info.Types[f.Type].Type; t != nil && holdsNumber(t) {
			c.report(f.Pos(), "copy", copied)
		}
	}
}

// copies says whether e, a value within stack, is copied: all but a new one, and
// one that only its address, a field or a method is taken of, or that is assigned
// to.
func copies(e ast.Expr, stack []ast.Node) bool {
	switch e.(type) {
	case *ast.CompositeLit, *ast.ParenExpr:
		return false
	}
	within := len(stack) - 1
	for within > 0 && isParen(stack[within]) {
		within--
	}
	switch parent := stack[within].(type) {
	case *ast.UnaryExpr, *ast.SelectorExpr:
		return false
	case *ast.AssignStmt:
		for _, left := range parent.Lhs {
			if ast.Unparen(left) == e {
				return false
			}
		}
	}
	return true
}

func isParen(n ast.Node) bool {
	_, ok := n.(*ast.ParenExpr)
	return ok
}

// ofNumbers says whether a container's elements hold numbers of math/big.
func ofNumbers(t types.Type) bool {
	switch t := t.(type) {
	case *types.Slice:
		return holdsNumber(t.Elem())
	case *types.Array:
		return holdsNumber(t.Elem())
	case *types.Chan:
		return holdsNumber(t.Elem())
	case *types.Map:
		return holdsNumber(t.Elem())
	}
	return false
}

// holdsNumber says whether a value of type t has a number of math/big in itself, and
// not behind a pointer.
func holdsNumber(t types.Type) bool {
	switch t := t.Underlying().(type) {
	case *types.Array:
		return holdsNumber(t.Elem())
	case *types.Struct:
		for f := range t.Fields() {
			if f.Pkg() != nil && f.Pkg().Path() == "math/big" || holdsNumber(f.Type()) {
				return true
			}
		}
	}
	return false
}
