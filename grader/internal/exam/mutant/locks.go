package mutant

import (
	"go/ast"
	"slices"
)

var lockNames = []string{"Lock", "Unlock", "RLock", "RUnlock"}

// lockCalls returns the statements in body, deferred ones too, that call one of
// names on a receiver written as recv.
func (s site) lockCalls(body *ast.BlockStmt, recv string, names ...string) (all []ast.Node) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ExprStmt, *ast.DeferStmt:
			_, r, name := method(n)
			if r != nil && s.text(r) == recv && slices.Contains(names, name) {
				all = append(all, n)
			}
		}
		return true
	})
	return all
}

// locking says whether the site's node is a statement recv.Lock() or
// recv.RLock(), and on what.
func (s site) locking() (recv, name string, ok bool) {
	if _, isStmt := s.node.(*ast.ExprStmt); !isStmt {
		return "", "", false
	}
	_, r, name := method(s.node)
	if r == nil || (name != "Lock" && name != "RLock") {
		return "", "", false
	}
	return s.text(r), name, true
}

func dropLock(s site) [][]edit {
	recv, _, ok := s.locking()
	if !ok {
		return nil
	}
	var edits []edit
	for _, n := range s.lockCalls(s.function(), recv, lockNames...) {
		edits = append(edits, s.drop(n))
	}
	return [][]edit{edits}
}

// splitSection lets others in before the last thing that a critical section
// does: between what it found out and what it does about it.
func splitSection(s site) [][]edit {
	recv, name, ok := s.locking()
	list, at, inList := s.block()
	if !ok || !inList {
		return nil
	}
	unlock := map[string]string{"Lock": "Unlock", "RLock": "RUnlock"}[name]
	section := s.section(list[at+1:], recv, unlock)
	if len(section) < 2 {
		return nil
	}
	last := section[len(section)-1]
	return [][]edit{{s.insert(last.Pos(), recv+"."+unlock+"(); "+recv+"."+name+"(); ")}}
}

// section returns the statements of list up to recv.unlock(), without a
// deferred unlock and without a last return that only names results.
func (s site) section(list []ast.Stmt, recv, unlock string) (section []ast.Stmt) {
	for _, stmt := range list {
		_, r, called := method(stmt)
		_, deferred := stmt.(*ast.DeferStmt)
		switch {
		case r == nil || s.text(r) != recv || called != unlock:
			section = append(section, stmt)
		case !deferred:
			return section
		}
	}
	if n := len(section); n > 0 && isPlainReturn(section[n-1]) {
		section = section[:n-1]
	}
	return section
}

func isPlainReturn(stmt ast.Stmt) bool {
	r, ok := stmt.(*ast.ReturnStmt)
	return ok && !slices.ContainsFunc(r.Results, func(e ast.Expr) bool {
		switch e.(type) {
		case *ast.Ident, *ast.BasicLit:
			return false
		}
		return true
	})
}

func lockToRLock(s site) [][]edit {
	recv, name, ok := s.locking()
	if !ok || name != "Lock" {
		return nil
	}
	var edits []edit
	for _, n := range s.lockCalls(s.function(), recv, "Lock", "Unlock") {
		call, _, name := method(n)
		edits = append(edits, s.replace(call, recv+".R"+name+"()"))
	}
	return [][]edit{edits}
}
