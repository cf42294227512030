package policy

import (
	"go/ast"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DefaultImports are what every exercise may import. An entry that ends in a
// name with a capital allows that one name of a package.
var DefaultImports = []string{
	"bufio", "bytes", "cmp", "container/heap", "container/list", "container/ring",
	"context", "errors", "fmt", "io", "iter", "log", "maps", "math", "math/big",
	"math/bits", "math/cmplx", "math/rand", "math/rand/v2", "slices", "sort",
	"strconv", "strings", "sync", "sync/atomic", "time", "unicode", "unicode/utf8",
	"runtime.Error", "runtime.GOMAXPROCS", "runtime.Goexit", "runtime.Gosched",
	"runtime.KeepAlive", "runtime.NumCPU", "runtime.NumGoroutine",
}

// Packages returns the packages that a candidate may import which has these
// additional imports, sorted.
func Packages(imports []string) []string {
	return slices.Sorted(maps.Keys(allowed(imports)))
}

// names are the names allowed of a package; nil allows them all.
type names map[string]bool

func allowed(imports []string) map[string]names {
	all := map[string]names{}
	whole := map[string]bool{}
	for _, i := range slices.Concat(DefaultImports, imports) {
		p, name := splitName(i)
		if all[p] == nil {
			all[p] = names{}
		}
		all[p][name] = true
		whole[p] = whole[p] || name == ""
	}
	for p := range whole {
		if whole[p] {
			all[p] = nil
		}
	}
	return all
}

// splitName splits runtime.Stack into runtime and Stack.
func splitName(entry string) (pkg, name string) {
	at := strings.LastIndexByte(entry, '.')
	if at < 0 || at < strings.LastIndexByte(entry, '/') {
		return entry, ""
	}
	if first, _ := utf8.DecodeRuneInString(entry[at+1:]); !unicode.IsUpper(first) {
		return entry, ""
	}
	return entry[:at], entry[at+1:]
}

// instead says what to use instead of a package.
var instead = map[string]string{
	"C":                "the exercises need no C",
	"crypto/rand":      "use math/rand/v2",
	"embed":            "write the text into the source",
	"encoding/json":    "no exercise needs it",
	"flag":             "use parameters",
	"go/ast":           "no exercise needs it",
	"hash/maphash":     "use a map",
	"io/ioutil":        "use io",
	"log/slog":         "use log or fmt",
	"net":              "this exercise gets its connections through parameters",
	"net/http":         "this exercise needs no network",
	"os":               "use log or fmt to print, return an error instead of exiting, and use parameters instead of files and arguments",
	"os/exec":          "use the interface that the exercise gives",
	"os/signal":        "use the context that you are given",
	"path":             "use strings",
	"path/filepath":    "use strings",
	"plugin":           "write the function in this package",
	"reflect":          "use generics, an interface or a type switch",
	"regexp":           "use strings",
	"runtime/debug":    "no exercise needs it",
	"runtime/pprof":    "no exercise needs it",
	"runtime/trace":    "no exercise needs it",
	"syscall":          "use the packages of the standard library that the exercise allows",
	"testing":          "put tests into a file that ends in _test.go, which is not graded",
	"testing/synctest": "put tests into a file that ends in _test.go, which is not graded",
	"unicode/utf16":    "use unicode/utf8",
	"unique":           "use a map",
	"unsafe":           "use ordinary types and sync/atomic",
	"weak":             "use ordinary pointers",
}

func (c *checker) checkImports(f *ast.File) {
	for _, spec := range f.Imports {
		p := importPath(spec)
		if _, ok := c.allowed[p]; !ok && p != "" {
			c.report(spec.Path.Pos(), "import", "import %q is not allowed; %s", p, c.alternative(p))
		}
	}
}

// importPath is "" when the compiler will complain of it.
func importPath(spec *ast.ImportSpec) string {
	p, _ := strconv.Unquote(spec.Path.Value)
	return p
}

// imports says whether a file of the package imports p.
func (c *checker) imports(p string) bool {
	return slices.ContainsFunc(c.Files, func(f *ast.File) bool {
		return slices.ContainsFunc(f.Imports, func(spec *ast.ImportSpec) bool { return importPath(spec) == p })
	})
}

func (c *checker) alternative(p string) string {
	switch {
	case instead[p] != "":
		return instead[p]
	case strings.HasPrefix(p, "gorutinas/") || p == "gorutinas":
		return "the kit's packages are for its tests: write what you need in this package"
	case strings.HasPrefix(p, ".") || strings.HasPrefix(p, "/"):
		return "write what you need in this package"
	case strings.Contains(strings.Split(p, "/")[0], "."):
		return "use the standard library: write what you need in this package"
	}
	return "use one of " + strings.Join(c.suggestions(), ", ")
}

// suggestions are the packages that an exercise allows, a folder of them as one.
func (c *checker) suggestions() []string {
	var all []string
	for p := range maps.Keys(c.allowed) {
		if dir := path.Dir(p); dir == "container" || dir == "math" || dir == "math/rand" {
			p, _, _ = strings.Cut(p, "/")
			p += "/*"
		}
		all = append(all, p)
	}
	slices.Sort(all)
	return slices.Compact(all)
}
