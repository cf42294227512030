package mutant

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// Selector is the variable that tells a schema which mutant it is to be. The
// program that a schema becomes part of declares it, as an int.
const Selector = "zzMutant"

// Schema returns one program that stands for many: it behaves as mutants[i]
// while Selector is numbers[i], and as the original, src, while it is 0. One
// build is enough for all of them. Left out, with the number 0, are the mutants
// outside of a function, or in one that cannot be called under another name.
//
// Each mutant must compile by itself.
func Schema(src []byte, mutants []Mutant) (schema []byte, numbers []int, err error) {
	p := &program{fset: token.NewFileSet(), src: src}
	file, err := parser.ParseFile(p.fset, "", src, parser.SkipObjectResolution)
	if err != nil {
		return nil, nil, err
	}
	numbers = make([]int, len(mutants))
	var calls []edit
	var bodies bytes.Buffer
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || !callable(f) {
			continue
		}
		for i, m := range mutants {
			if m.from < p.offset(f.Body.Lbrace) || m.from >= p.offset(f.Body.End()) {
				continue
			}
			numbers[i] = i + 1
			calls = append(calls, p.insert(f.Body.Lbrace+1, call(f, i+1)))
			p.writeMutant(&bodies, f, m, i+1)
		}
	}
	return append(p.edited(calls), bodies.Bytes()...), numbers, nil
}

// callable says whether a mutant of f can stand beside f, and be called by it
// with f's own arguments. A recover works in no other function than f.
func callable(f *ast.FuncDecl) bool {
	if f.Body == nil || f.Name.Name == "init" || f.Name.Name == "main" {
		return false
	}
	for _, list := range []*ast.FieldList{f.Recv, f.Type.Params} {
		if list != nil && slices.ContainsFunc(list.List, nameless) {
			return false
		}
	}
	recovers := false
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if _, inner := n.(*ast.FuncLit); inner {
			return false
		}
		_, name := called(n)
		recovers = recovers || name == "recover"
		return true
	})
	return !recovers
}

func nameless(f *ast.Field) bool {
	return len(f.Names) == 0 || slices.ContainsFunc(f.Names, func(n *ast.Ident) bool { return n.Name == "_" })
}

// call is what f begins with: it gives way to its n-th mutant.
func call(f *ast.FuncDecl, n int) string {
	callee := renamed(f, n)
	if f.Recv != nil {
		callee = f.Recv.List[0].Names[0].Name + "." + callee
	}
	call := callee + typeArguments(f) + "(" + strings.Join(arguments(f), ", ") + ")"
	if f.Type.Results == nil {
		return fmt.Sprintf(" if %s == %d { %s; return }; ", Selector, n, call)
	}
	return fmt.Sprintf(" if %s == %d { return %s }; ", Selector, n, call)
}

func typeArguments(f *ast.FuncDecl) string {
	if f.Type.TypeParams == nil {
		return ""
	}
	var names []string
	for _, field := range f.Type.TypeParams.List {
		for _, name := range field.Names {
			names = append(names, name.Name)
		}
	}
	return "[" + strings.Join(names, ", ") + "]"
}

// arguments are f's parameters as f passes them on.
func arguments(f *ast.FuncDecl) (args []string) {
	for _, field := range f.Type.Params.List {
		_, variadic := field.Type.(*ast.Ellipsis)
		for _, name := range field.Names {
			if variadic {
				args = append(args, name.Name+"...")
				continue
			}
			args = append(args, name.Name)
		}
	}
	return args
}

func renamed(f *ast.FuncDecl, n int) string { return fmt.Sprintf("%sMutant%d", f.Name.Name, n) }

// writeMutant writes f as m has it, under a name of its own. A mutant's source
// equals the original's up to its first change, so f begins at the same place.
func (p *program) writeMutant(b *bytes.Buffer, f *ast.FuncDecl, m Mutant, n int) {
	from, name := p.offset(f.Pos()), p.offset(f.Name.Pos())
	to := p.offset(f.End()) + len(m.Source) - len(p.src)
	fmt.Fprintf(b, "\n%s%s%s\n", m.Source[from:name], renamed(f, n), m.Source[name+len(f.Name.Name):to])
}
