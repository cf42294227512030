package build

import (
	"context"
	"errors"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"gorutinas/grader/internal/catalog"
)

// Ready finds out whether the kit can be built here, downloads its modules with
// the user's own settings where they are missing, and compiles the standard
// library and the kit's packages once so that the first submission does not
// pay for them. It says what takes long through tell, and each error is one
// sentence with a next step.
func (b *Builder) Ready(ctx context.Context, tell func(string)) error {
	if err := b.checkGo(ctx); err != nil {
		return err
	}
	if b.Race {
		if err := b.RaceReady(ctx); err != nil {
			return err
		}
	}
	return b.warm(ctx, tell)
}

func (b *Builder) checkGo(ctx context.Context) error {
	if _, err := exec.LookPath("go"); err != nil {
		return errors.New("the go command is not in the PATH: install Go from https://go.dev/dl")
	}
	wanted, err := b.wantedGo()
	if err != nil {
		return err
	}
	if err := b.findCaches(ctx); err != nil {
		return err
	}
	out, err := b.Go(ctx, "env", "GOVERSION")
	if err != nil {
		return err
	}
	b.Version = strings.TrimSpace(out)
	found, _, _ := strings.Cut(b.Version, " ") // experiments may follow
	if version.IsValid(found) && version.Compare(found, wanted) < 0 {
		return fmt.Errorf("this Go is too old for the kit: the go command in the PATH is %s; install %s or later from https://go.dev/dl", found, wanted)
	}
	if own := runtime.Version(); version.IsValid(own) && version.Compare(version.Lang(found), version.Lang(own)) > 0 {
		return fmt.Errorf("the go command in the PATH, %s, is newer than what this grader was built with, %s: build the grader again, or use `go run ./grader`", found, own)
	}
	_, err = b.Go(ctx, "list", "-m")
	return err
}

// findCaches asks for what `go env -w` may have set. The other settings there are
// nothing to a build in the kit, which goes without them.
func (b *Builder) findCaches(ctx context.Context) error {
	b.caches = nil
	for _, name := range []string{"GOMODCACHE", "GOCACHE"} {
		cmd := exec.CommandContext(ctx, "go", "env", name)
		cmd.Dir = b.Kit
		cmd.Env = append(os.Environ(), "GOTOOLCHAIN=local")
		out, err := output(ctx, cmd)
		if err != nil {
			return err
		}
		b.caches = append(b.caches, name+"="+strings.TrimSpace(out))
	}
	return nil
}

// wantedGo returns the oldest Go that the kit's go.mod allows.
func (b *Builder) wantedGo() (string, error) {
	text, err := os.ReadFile(filepath.Join(b.Kit, "go.mod"))
	if err != nil {
		return "", fmt.Errorf("read the kit's go.mod: %w", err)
	}
	mod, err := modfile.ParseLax("go.mod", text, nil)
	if err != nil {
		return "", fmt.Errorf("read the kit's go.mod: %w", err)
	}
	if mod.Go == nil {
		return "go1", nil
	}
	return "go" + mod.Go.Version, nil
}

// ErrNoRace says that what is missing is the race detector's.
var ErrNoRace = errors.New("the race detector needs a C compiler")

// RaceReady finds out whether there is the C compiler that the race detector
// is linked with.
func (b *Builder) RaceReady(ctx context.Context) error {
	cc, err := b.Go(ctx, "env", "CC")
	if err != nil {
		return err
	}
	name, _, _ := strings.Cut(strings.TrimSpace(cc), " ")
	if _, err := exec.LookPath(name); err != nil {
		return fmt.Errorf("%w and %q is not in the PATH: install the package gcc (Debian, Ubuntu, Fedora), build-base (Alpine) or the Xcode command line tools", ErrNoRace, name)
	}
	return nil
}

// download gets the kit's modules, with the user's own settings.
func (b *Builder) download(ctx context.Context, tell func(string)) error {
	tell("downloading the kit's modules")
	cmd := exec.CommandContext(ctx, "go", "mod", "download")
	cmd.Dir = b.Kit
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("the kit's modules are not on this machine and could not be downloaded: run `go mod download` in %s where there is a network (%s)", b.Kit, complaintOf(string(out)))
	}
	return nil
}

// warm compiles every package that tests need and that is not in the build
// cache. When that cannot even be found out, modules are missing.
func (b *Builder) warm(ctx context.Context, tell func(string)) error {
	flags := b.Flags()
	stale, err := b.stale(ctx, flags)
	if err != nil && ctx.Err() == nil {
		if err := b.download(ctx, tell); err != nil {
			return err
		}
		stale, err = b.stale(ctx, flags)
	}
	if err != nil || len(stale) == 0 {
		return err
	}
	if slices.ContainsFunc(stale, func(path string) bool { return !strings.HasPrefix(path, catalog.Module+"/") }) {
		what := "the standard library"
		if b.Race {
			what += " for the race detector"
		}
		tell("compiling " + what + "; this happens once and may take a minute or two")
	}
	if _, err = b.Go(ctx, slices.Concat([]string{"build"}, flags, stale)...); err != nil {
		return fmt.Errorf("the kit does not compile on this machine: run `go build %s ./...` in %s to see why (%w)", strings.Join(flags, " "), b.Kit, err)
	}
	return nil
}

// stale returns the packages that the kit's tests import, directly or not, and
// that would have to be compiled first.
func (b *Builder) stale(ctx context.Context, flags []string) ([]string, error) {
	const format = `{{if and .Stale (not .ForTest) (ne .Name "main")}}{{.ImportPath}}{{end}}`
	args := slices.Concat([]string{"list", "-deps", "-test", "-f", format}, flags, b.tags())
	out, err := b.Go(ctx, append(args, b.Packages...)...)
	return strings.Fields(out), err
}

// Go runs the go command in the kit, as a build does, and returns what it prints.
func (b *Builder) Go(ctx context.Context, args ...string) (string, error) {
	plain := b.command(args...)
	cmd := exec.CommandContext(ctx, plain.Path, plain.Args[1:]...)
	cmd.Dir, cmd.Env = plain.Dir, plain.Env
	return output(ctx, cmd)
}

// output runs a go command and returns what it prints.
func output(ctx context.Context, cmd *exec.Cmd) (string, error) {
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return "", fmt.Errorf("go %s: %s", cmd.Args[1], complaintOf(string(exit.Stderr)))
	}
	return string(out), err
}
