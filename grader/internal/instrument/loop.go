package instrument

import (
	"go/ast"
	"go/token"
)

// leaveLoop makes a loop yield before each of its rounds: once before the first,
// then where a round ends.
func (r *rewriter) leaveLoop(n ast.Node) {
	switch n := n.(type) {
	case *ast.RangeStmt:
		if op := r.roundOp(n); op != "" {
			r.wrap(n.X, op)
			r.roundEnd(n.Body, op)
		}
	case *ast.ForStmt:
		if op := r.roundOp(n); op != "" {
			r.roundEnd(n.Body, op)
		}
		if emptyForever(n) {
			r.after(r.offset(n.Body.Lbrace)+1, r.at("gosched"))
		}
	case *ast.BranchStmt:
		r.continues(n)
	}
}

// roundOp is what a round of the loop begins with, "" for nothing of interest.
func (r *rewriter) roundOp(loop ast.Stmt) string {
	switch n := loop.(type) {
	case *ast.RangeStmt:
		if r.channelLike(n.X) {
			return "range"
		}
	case *ast.ForStmt:
		if r.Shared && (n.Cond != nil && r.touches(n.Cond) || n.Post != nil && r.touches(n.Post)) {
			return "read"
		}
	}
	return ""
}

// emptyForever reports whether n is for {}. The compiler gives such a loop no line
// of its own, so that a stack would name the file's first one; a yield point has
// a line, and lets the others of an exploration go on.
func emptyForever(n *ast.ForStmt) bool {
	return n.Init == nil && n.Cond == nil && n.Post == nil && len(n.Body.List) == 0
}

func (r *rewriter) roundEnd(body *ast.BlockStmt, op string) {
	r.after(r.offset(body.Rbrace), "; "+r.at(op)+" ")
}

func (r *rewriter) continues(b *ast.BranchStmt) {
	loop := r.continued(b)
	if loop == nil {
		return
	}
	if op := r.roundOp(loop); op != "" {
		r.before(r.offset(b.Pos()), "{"+r.at(op)+"; ")
		r.after(r.offset(b.End()), "}")
	}
}

// continued is the loop that b goes on with, nil if b is no continue statement.
func (r *rewriter) continued(b *ast.BranchStmt) ast.Stmt {
	if b.Tok != token.CONTINUE {
		return nil
	}
	for i := len(r.stack) - 1; i > 0; i-- {
		switch n := r.stack[i].(type) {
		case *ast.FuncLit:
			return nil
		case *ast.ForStmt, *ast.RangeStmt:
			l, _ := r.stack[i-1].(*ast.LabeledStmt)
			if b.Label == nil || l != nil && l.Label.Name == b.Label.Name {
				return n.(ast.Stmt)
			}
		}
	}
	return nil
}
