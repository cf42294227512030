package instrument

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A channel operation stays what it is. Its last operand passes through
// point.Before, so that the yield comes after everything in the operands has
// happened, wherever in an expression the operation stands.

func (r *rewriter) receive(e *ast.UnaryExpr) {
	if e.Op == token.ARROW {
		r.wrap(e.X, "receive")
	}
}

func (r *rewriter) send(s *ast.SendStmt, op string) {
	if r.typed(s.Value) && !r.fixed(s.Value) {
		r.wrap(s.Value, op)
		return
	}
	// Alone, the value would get another type (1 sent to a chan float64).
	r.wrap(s.Chan, op)
}

func (r *rewriter) closing(c *ast.CallExpr) {
	if r.builtin(c, "close") && len(c.Args) == 1 {
		r.wrap(c.Args[0], "close")
	}
}

// deferred makes a deferred close yield when it runs. Other deferred calls need
// nothing: their operands are evaluated, and yield, where the statement stands.
func (r *rewriter) deferred(s *ast.DeferStmt) {
	c := s.Call
	if r.builtin(c, "close") && len(c.Args) == 1 && r.channel(c.Args[0]) {
		lo, hi := r.offset(c.Fun.Pos()), r.offset(c.Fun.End())
		r.take(lo, hi)
		r.replace(lo, hi, r.point("Close"))
	}
}

// channel reports whether the type of e is a channel, not a type parameter that
// stands for one: these have no element type that a call could infer.
func (r *rewriter) channel(e ast.Expr) bool {
	t := r.Info.TypeOf(e)
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Chan)
	return ok
}

// channelLike also holds for type parameters that stand for channels.
func (r *rewriter) channelLike(e ast.Expr) bool {
	t := r.Info.TypeOf(e)
	return t != nil && allChannels(t.Underlying())
}

func allChannels(t types.Type) bool {
	switch t := t.(type) {
	case *types.Chan:
		return true
	case *types.Interface:
		for embedded := range t.EmbeddedTypes() {
			if allChannels(embedded.Underlying()) {
				return true
			}
		}
	case *types.Union:
		for term := range t.Terms() {
			if !allChannels(term.Type().Underlying()) {
				return false
			}
		}
		return t.Len() > 0
	}
	return false
}
