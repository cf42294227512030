package gate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"gorutinas/grader/internal/policy"
)

// Exports finds the types of everything that candidates may import, those with
// these additional imports too, and of what the kit's own files of the exercises
// import: package path → file with export data in the build cache. kit is the
// kit's directory. flags are go list's: with those of later builds, such as
// -race and -trimpath, nothing is compiled twice. Once is enough for a class.
func Exports(ctx context.Context, kit string, imports []string, flags ...string) (map[string]string, error) {
	args := []string{"list", "-e", "-export", "-deps", "-f", "{{if .Export}}{{.ImportPath}}\t{{.Export}}{{end}}"}
	args = append(args, flags...)
	args = append(args, policy.Packages(imports)...)
	cmd := exec.CommandContext(ctx, "go", append(args, "gorutinas/exercises/...")...)
	cmd.Dir = kit
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOTOOLCHAIN=local", "GOWORK=off")
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("list the packages that a candidate may import: %s; run `grader doctor`", words(err))
	}
	exports := map[string]string{}
	for text := range strings.Lines(string(out)) {
		if path, file, ok := strings.Cut(strings.TrimSpace(text), "\t"); ok {
			exports[path] = file
		}
	}
	return exports, missing(exports, imports)
}

// missing reports a package that may be imported and has no export data.
func missing(exports map[string]string, imports []string) error {
	for _, p := range policy.Packages(imports) {
		if exports[p] == "" {
			return fmt.Errorf("package %s, which candidates may import, cannot be compiled; correct `imports` in the manifests or the assignment, or run `grader doctor`", p)
		}
	}
	return nil
}

func words(err error) string {
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return strings.TrimSpace(string(exit.Stderr))
	}
	return err.Error()
}
