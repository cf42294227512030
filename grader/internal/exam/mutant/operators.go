package mutant

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

var operators = []operator{
	{"drop lock", dropLock},
	{"split critical section", splitSection},
	{"Lock to RLock", lockToRLock},
	{"drop call", dropCall},
	{"defer to now", deferToNow},
	{"Add inside the goroutine", addInside},
	{"atomic Add to Load and Store", atomicAdd},
	{"CompareAndSwap to Store", casToStore},
	{"channel's buffer", buffer},
	{"drop select case", dropCase},
	{"add default to select", addDefault},
	{"go to call", goToCall},
	{"Broadcast to Signal", broadcastToSignal},
	{"for to if around Wait", forToIf},
	{"context's parent", contextParent},
	{"off by one", offByOne},
	{"swap send and close", swapSendClose},
	{"drop clean-up", dropCleanup},
}

// droppable are the calls that only matter to other goroutines.
var droppable = []string{
	"Wait", "Add", "Done", "Unlock", "RUnlock", "Signal", "Broadcast", "Stop", "Reset", "Close", "Store", "Kill", "CloseWithError",
}

func dropCall(s site) [][]edit {
	switch s.node.(type) {
	case *ast.ExprStmt, *ast.DeferStmt:
	default:
		return nil
	}
	_, recv, name := method(s.node)
	_, plain := called(s.node)
	switch {
	case recv != nil && slices.Contains(droppable, name), plain == "close", plain == "cancel", plain == "stop", plain == "delete":
		return [][]edit{{s.drop(s.node)}}
	}
	return nil
}

func deferToNow(s site) [][]edit {
	d, ok := s.node.(*ast.DeferStmt)
	if _, _, name := method(s.node); !ok || slices.Contains(lockNames, name) {
		return nil // without its unlock, a section is a dropped lock
	}
	return [][]edit{{edit{s.offset(d.Pos()), s.offset(d.Call.Pos()), ""}}}
}

func addInside(s site) [][]edit {
	list, i, ok := s.block()
	_, recv, name := method(s.node)
	if !ok || recv == nil || name != "Add" || i+1 >= len(list) {
		return nil
	}
	g, ok := list[i+1].(*ast.GoStmt)
	if !ok {
		return nil
	}
	f, ok := g.Call.Fun.(*ast.FuncLit)
	if !ok {
		return nil
	}
	return [][]edit{{s.drop(s.node), s.insert(f.Body.Lbrace+1, " "+s.text(s.node)+"; ")}}
}

func atomicAdd(s site) [][]edit {
	call, recv, name := method(s.node)
	if _, isCall := s.node.(*ast.CallExpr); !isCall || recv == nil || name != "Add" || len(call.Args) != 1 {
		return nil
	}
	x, n := s.text(recv), s.text(call.Args[0])
	if _, isStmt := s.path[len(s.path)-1].(*ast.ExprStmt); isStmt {
		return [][]edit{{s.replace(call, x+".Store("+x+".Load() + "+n+")")}}
	}
	return [][]edit{{s.replace(call, "func() (n int64) { n = int64("+x+".Load() + "+n+"); "+x+".Store("+x+".Load() + "+n+"); return }()")}}
}

func casToStore(s site) [][]edit {
	call, recv, name := method(s.node)
	if _, isCall := s.node.(*ast.CallExpr); !isCall || recv == nil || name != "CompareAndSwap" || len(call.Args) != 2 {
		return nil
	}
	return [][]edit{{s.replace(call, "func() bool { "+s.text(recv)+".Store("+s.text(call.Args[1])+"); return true }()")}}
}

func buffer(s site) [][]edit {
	call, name := called(s.node)
	if _, isCall := s.node.(*ast.CallExpr); !isCall || name != "make" || len(call.Args) == 0 {
		return nil
	}
	if _, isChan := call.Args[0].(*ast.ChanType); !isChan {
		return nil
	}
	t := s.text(call.Args[0])
	if len(call.Args) == 1 {
		return [][]edit{{s.replace(call, "make("+t+", 1)")}}
	}
	if _, literal := call.Args[1].(*ast.BasicLit); literal {
		return [][]edit{{s.replace(call, "make("+t+")")}}
	}
	n := s.text(call.Args[1])
	return [][]edit{
		{s.replace(call, "make("+t+", ("+n+")+1)")},
		{s.replace(call, "make("+t+", max(0, int("+n+")-1))")},
	}
}

func dropCase(s site) [][]edit {
	sel, ok := s.node.(*ast.SelectStmt)
	if !ok || len(sel.Body.List) < 2 {
		return nil
	}
	var all [][]edit
	for _, c := range sel.Body.List {
		all = append(all, []edit{s.drop(c)})
	}
	return all
}

func addDefault(s site) [][]edit {
	sel, ok := s.node.(*ast.SelectStmt)
	if !ok {
		return nil
	}
	for _, c := range sel.Body.List {
		if c.(*ast.CommClause).Comm == nil {
			return nil
		}
	}
	return [][]edit{{s.insert(sel.Body.Rbrace, "default:\n")}}
}

func goToCall(s site) [][]edit {
	g, ok := s.node.(*ast.GoStmt)
	if !ok {
		call, recv, name := method(s.node)
		stmt, isStmt := s.node.(*ast.ExprStmt)
		if !isStmt || recv == nil || name != "Go" || len(call.Args) != 1 {
			return nil
		}
		return [][]edit{{s.replace(stmt, "("+s.text(call.Args[0])+")()")}}
	}
	return [][]edit{{edit{s.offset(g.Pos()), s.offset(g.Call.Pos()), ""}}}
}

func broadcastToSignal(s site) [][]edit {
	call, recv, name := method(s.node)
	if _, isCall := s.node.(*ast.CallExpr); !isCall || recv == nil || name != "Broadcast" {
		return nil
	}
	return [][]edit{{s.replace(call, s.text(recv)+".Signal()")}}
}

func forToIf(s site) [][]edit {
	loop, ok := s.node.(*ast.ForStmt)
	if !ok || loop.Cond == nil || loop.Init != nil || loop.Post != nil {
		return nil
	}
	waits := false
	ast.Inspect(loop.Body, func(n ast.Node) bool {
		_, recv, name := method(n)
		waits = waits || recv != nil && name == "Wait"
		return !waits
	})
	if !waits {
		return nil
	}
	return [][]edit{{edit{s.offset(loop.Pos()), s.offset(loop.Cond.Pos()), "if "}}}
}

// contextParent cuts a context off from its parent's end.
func contextParent(s site) [][]edit {
	call, recv, _ := method(s.node)
	if _, isCall := s.node.(*ast.CallExpr); !isCall || len(call.Args) == 0 {
		return nil
	}
	pkg, isIdent := recv.(*ast.Ident)
	first, isName := call.Args[0].(*ast.Ident)
	if strings.HasPrefix(s.text(call.Args[0]), "context.") || strings.HasSuffix(s.text(call.Fun), "WithoutCancel") {
		return nil // a root, or already cut off
	}
	switch {
	case isIdent && pkg.Name == "context" && len(call.Args) > 0 && (!isName || first.Name != "context"):
		return [][]edit{{s.replace(call.Args[0], "context.WithoutCancel("+s.text(call.Args[0])+")")}}
	case isName && first.Name == "ctx":
		return [][]edit{{s.replace(first, "context.WithoutCancel(ctx)")}}
	}
	return nil
}

// boundaries maps comparisons to those that differ only where both sides are
// equal.
var boundaries = map[token.Token]string{token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">"}

func offByOne(s site) [][]edit {
	b, ok := s.node.(*ast.BinaryExpr)
	if !ok {
		return nil
	}
	other, ok := boundaries[b.Op]
	if !ok {
		return nil
	}
	from := s.offset(b.OpPos)
	return [][]edit{{edit{from, from + len(b.Op.String()), other}}}
}

func swapSendClose(s site) [][]edit {
	list, i, ok := s.block()
	send, isSend := s.node.(*ast.SendStmt)
	if !ok || !isSend || i+1 >= len(list) {
		return nil
	}
	if _, name := called(list[i+1]); name != "close" {
		return nil
	}
	return [][]edit{{s.replace(send, s.text(list[i+1])), s.replace(list[i+1], s.text(send))}}
}

// dropCleanup leaves out what a branch that returns does before.
func dropCleanup(s site) [][]edit {
	list, i, ok := s.block()
	if !ok || len(s.path) < 2 || i == len(list)-1 {
		return nil
	}
	if _, isIf := s.path[len(s.path)-2].(*ast.IfStmt); !isIf {
		return nil
	}
	if _, returns := list[len(list)-1].(*ast.ReturnStmt); !returns {
		return nil
	}
	switch s.node.(type) {
	case *ast.ExprStmt, *ast.SendStmt, *ast.IncDecStmt, *ast.AssignStmt:
		return [][]edit{{s.drop(s.node)}}
	}
	return nil
}
