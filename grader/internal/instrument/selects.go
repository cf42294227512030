package instrument

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"
)

// A select becomes a switch over what point.Select chose:
//
//	select {                switch kitǃ0, kitǃ1 := Recv(a), Send(b)(f()); Select(NoDefault, kitǃ0, kitǃ1) { default: …;
//	case v, ok := <-a:      case 0: v, ok := kitǃ0.Value, kitǃ0.Ok;
//	case b <- f():          case 1:
//	}                       }
//
// A switch, since break, labels, goto and the end of a function then mean what
// they meant; the operands in its init statement, since their names are then
// gone after it.

// ownCommunications keeps the operations of the clauses from being rewritten by
// themselves.
func (r *rewriter) ownCommunications(s *ast.SelectStmt) {
	for _, c := range s.Body.List {
		comm := c.(*ast.CommClause).Comm
		if recv := received(comm); recv != nil {
			r.owned[recv] = true
		} else if comm != nil {
			r.owned[comm] = true
		}
	}
}

// received is the receive operation of a clause, nil for a send or a default.
func received(comm ast.Stmt) *ast.UnaryExpr {
	var e ast.Expr
	switch s := comm.(type) {
	case *ast.ExprStmt:
		e = s.X
	case *ast.AssignStmt:
		e = s.Rhs[0]
	default:
		return nil
	}
	recv, _ := ast.Unparen(e).(*ast.UnaryExpr)
	return recv
}

func (r *rewriter) selectStmt(s *ast.SelectStmt) {
	comms, hasDefault := clauses(s)
	switch {
	case len(s.Body.List) == 0: // blocks for ever
	case len(comms) > mostCases || !r.inferable(comms):
		r.yieldLast(comms)
	default:
		r.toSwitch(s, comms, hasDefault)
	}
}

// mostCases is how many cases of a select are put into one statement, for which the
// compiler would need minutes if they were thousands.
const mostCases = 100

func clauses(s *ast.SelectStmt) (comms []*ast.CommClause, hasDefault bool) {
	for _, c := range s.Body.List {
		if c := c.(*ast.CommClause); c.Comm != nil {
			comms = append(comms, c)
		} else {
			hasDefault = true
		}
	}
	return comms, hasDefault
}

// inferable reports whether calls can infer the element types of all channels.
func (r *rewriter) inferable(comms []*ast.CommClause) bool {
	for _, c := range comms {
		ch, _ := parts(c)
		if ch == nil || !r.channel(ch) {
			return false
		}
	}
	return true
}

// parts are the channel of a clause and, of a send, the value.
func parts(c *ast.CommClause) (ch, value ast.Expr) {
	if s, ok := c.Comm.(*ast.SendStmt); ok {
		return s.Chan, s.Value
	}
	if recv := received(c.Comm); recv != nil {
		return recv.X, nil
	}
	return nil, nil
}

// yieldLast leaves the choice to the runtime but yields before it.
func (r *rewriter) yieldLast(comms []*ast.CommClause) {
	if len(comms) == 0 {
		return
	}
	last := comms[len(comms)-1]
	if s, ok := last.Comm.(*ast.SendStmt); ok {
		r.send(s, "select")
	} else if recv := received(last.Comm); recv != nil {
		r.wrap(recv.X, "select")
	}
}

func (r *rewriter) toSwitch(s *ast.SelectStmt, comms []*ast.CommClause, hasDefault bool) {
	at := r.position(s.Select)
	var names, calls []string
	for i, c := range comms {
		names = append(names, fmt.Sprintf("%s%d", r.prefix, i))
		calls = append(calls, r.operandCall(c, at.Line))
		r.clause(c, i)
	}
	head := "switch "
	if len(comms) > 0 {
		head += strings.Join(names, ", ") + " := " + strings.Join(calls, ", ") + "; "
	}
	if strings.Contains(head, "/*line ") {
		head += lineDirective(at)
	}
	args, rest := r.point("HasDefault"), ""
	if !hasDefault {
		args = r.point("NoDefault")
		// Without a default, a function that ends in the switch would not compile.
		rest = " default: for { " + r.point("Unreachable") + "() };"
	}
	head += r.point("Select") + "(" + strings.Join(append([]string{args}, names...), ", ") + ") {"
	lo, hi := at.Offset, r.offset(s.Body.Lbrace)+1
	r.replace(lo, hi, head+rest+r.lineEnds(lo, hi))
}

func (r *rewriter) operandCall(c *ast.CommClause, line int) string {
	ch, value := parts(c)
	if value == nil {
		return r.point("Recv") + "(" + r.moved(ch, line) + ")"
	}
	return r.point("Send") + "(" + r.moved(ch, line) + ")(" + r.moved(value, line) + ")"
}

// clause makes "case v := <-a:" the i-th case, whose operands have been moved.
func (r *rewriter) clause(c *ast.CommClause, i int) {
	lo, hi := r.offset(c.Comm.Pos()), r.offset(c.Comm.End())
	a, ok := c.Comm.(*ast.AssignStmt)
	if !ok || allBlank(a.Lhs) {
		r.take(lo, hi)
		r.replace(lo, hi, r.lineEnds(lo, hi)+fmt.Sprint(i))
		return
	}
	r.before(lo, fmt.Sprintf("%d: ", i))
	rhs := r.offset(a.Rhs[0].Pos())
	r.take(rhs, hi)
	r.replace(rhs, hi, r.lineEnds(rhs, hi)+r.chosen(a, i))
	colon := r.offset(c.Colon)
	r.replace(colon, colon+1, ";")
}

// chosen is what the i-th case received. Assigned to an existing variable, ok
// has to be untyped as it was: the variable's type may be any boolean one.
func (r *rewriter) chosen(a *ast.AssignStmt, i int) string {
	value := fmt.Sprintf("%s%d.Value", r.prefix, i)
	if len(a.Lhs) == 1 {
		return value
	}
	ok := fmt.Sprintf("%s%d.Ok", r.prefix, i)
	if a.Tok == token.ASSIGN {
		ok += " == (0 == 0)"
	}
	return value + ", " + ok
}

func allBlank(list []ast.Expr) bool {
	for _, e := range list {
		if id, ok := e.(*ast.Ident); !ok || id.Name != "_" {
			return false
		}
	}
	return true
}
