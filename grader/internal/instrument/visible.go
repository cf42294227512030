package instrument

import (
	"go/ast"
	"go/types"
	"slices"
)

// The race detector does not see all that these functions, and the built-in
// clear of a slice, read and write. Functions of package point take their place.
// To wrap them would not do: a generic function that is only mentioned has no
// type yet.
var visible = map[string]struct{ name, instance string }{
	"bufio.NewScanner":    {"NewScanner", ""},
	"bufio.ScanLines":     {"ScanLines", ""},
	"bytes.Compare":       {"CompareBytes", ""},
	"bytes.Contains":      {"ContainsBytes", ""},
	"bytes.ContainsAny":   {"ContainsAny", ""},
	"bytes.ContainsRune":  {"ContainsRune", ""},
	"bytes.Count":         {"CountBytes", ""},
	"bytes.Cut":           {"CutBytes", ""},
	"bytes.Index":         {"IndexBytes", ""},
	"bytes.IndexAny":      {"IndexAny", ""},
	"bytes.IndexByte":     {"IndexByte", ""},
	"bytes.IndexRune":     {"IndexRune", ""},
	"bytes.Lines":         {"Lines", ""},
	"bytes.Split":         {"SplitBytes", ""},
	"bytes.SplitAfter":    {"SplitBytesAfter", ""},
	"bytes.SplitAfterN":   {"SplitBytesAfterN", ""},
	"bytes.SplitAfterSeq": {"SplitBytesAfterSeq", ""},
	"bytes.SplitN":        {"SplitBytesN", ""},
	"bytes.SplitSeq":      {"SplitBytesSeq", ""},
	"maps.Clone":          {"CloneMap", "[map[struct{}]struct{}]"},
	"slices.Compact":      {"Compact", "[[]struct{}]"},
	"slices.CompactFunc":  {"CompactFunc", "[[]struct{}]"},
	"slices.Delete":       {"Delete", "[[]struct{}]"},
	"slices.DeleteFunc":   {"DeleteFunc", "[[]struct{}]"},
	"slices.Replace":      {"Replace", "[[]struct{}]"},
	"strconv.AppendBool":  {"AppendBool", ""},
	"strconv.AppendFloat": {"AppendFloat", ""},
	"strconv.AppendInt":   {"AppendInt", ""},
	"strconv.AppendUint":  {"AppendUint", ""},
}

// substitute puts what is visible in the place of id, which whole is about: id
// itself or maps.id.
func (r *rewriter) substitute(id *ast.Ident, whole ast.Expr, fullName string) {
	to, ok := visible[fullName]
	if !ok {
		return
	}
	if s, ok := whole.(*ast.SelectorExpr); ok {
		r.rename(s.X, r.prefix+"point")
		r.rename(id, to.name)
		r.yields = true
	} else {
		r.rename(id, r.point(to.name))
	}
	if use := types.ExprString(whole) + to.instance; !slices.Contains(r.orphans, use) {
		r.orphans = append(r.orphans, use)
	}
}

// adopt uses what may have lost its only use, so that its import is not unused.
func (r *rewriter) adopt() {
	for _, use := range r.orphans {
		r.after(r.offset(r.file.Decls[len(r.file.Decls)-1].End()), "; var _ = "+use)
	}
}

// clearing is called with the name of a built-in function. Its parentheses go:
// what takes its place is generic, and has none.
func (r *rewriter) clearing(id *ast.Ident) {
	f, ok := r.Info.TypeOf(id).(*types.Signature)
	if id.Name != "clear" || !ok {
		return
	}
	var whole ast.Node = id
	for i := len(r.stack) - 2; isParen(r.stack[i]); i-- {
		whole = r.stack[i]
	}
	t := f.Params().At(0).Type()
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		r.rename(whole, r.point("ClearAny"))
	} else if _, ok := t.Underlying().(*types.Slice); ok {
		r.rename(whole, r.point("Clear"))
	}
}

func isParen(n ast.Node) bool {
	_, ok := n.(*ast.ParenExpr)
	return ok
}

func (r *rewriter) rename(n ast.Node, name string) {
	lo, hi := r.offset(n.Pos()), r.offset(n.End())
	r.replace(lo, hi, r.lineEnds(lo, hi)+name)
}
