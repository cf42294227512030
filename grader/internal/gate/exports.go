package gate

import (
	"context"
	"fmt"
	"strings"

	"gorutinas/grader/internal/policy"
)

// GoCommand runs the go command with args and returns what it prints.
type GoCommand func(ctx context.Context, args ...string) (string, error)

// Exports finds the types of everything that candidates may import, those with
// these additional imports too, and of what the kit's own files of the exercises,
// the packages named, import: package path → file with export data in the build
// cache. goCommand runs the go command in the kit and returns its output. flags are
// go list's: with those of later builds, such as -race and -trimpath, nothing is
// compiled twice. Once is enough for a class.
func Exports(ctx context.Context, goCommand GoCommand, imports, exercises []string, flags ...string) (map[string]string, error) {
	args := []string{"list", "-e", "-export", "-deps", "-f", "{{if .Export}}{{.ImportPath}}\t{{.Export}}{{end}}"}
	args = append(args, flags...)
	args = append(args, policy.Packages(imports)...)
	out, err := goCommand(ctx, append(args, exercises...)...)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("list the packages that a candidate may import: %w; run `grader doctor`", err)
	}
	exports := map[string]string{}
	for text := range strings.Lines(out) {
		if path, file, ok := strings.Cut(strings.TrimSpace(text), "\t"); ok {
			exports[path] = file
		}
	}
	return exports, missing(exports, imports)
}

// ImportError is the path of a package that a manifest or an assignment allows to be
// imported, and that does not exist.
type ImportError string

func (e ImportError) Error() string {
	return fmt.Sprintf("package %s, which candidates may import, cannot be compiled; correct `imports` in the manifests or the assignment, or run `grader doctor`", string(e))
}

// missing reports a package that may be imported and has no export data.
func missing(exports map[string]string, imports []string) error {
	for _, p := range policy.Packages(imports) {
		if exports[p] == "" {
			return ImportError(p)
		}
	}
	return nil
}
