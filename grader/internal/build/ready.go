package build

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

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
	if err := b.download(ctx, tell); err != nil {
		return err
	}
	return b.warm(ctx, tell)
}

func (b *Builder) checkGo(ctx context.Context) error {
	if _, err := exec.LookPath("go"); err != nil {
		return errors.New("the go command is not in the PATH: install Go 1.26 or later")
	}
	_, err := b.goOutput(ctx, "list", "-m")
	if err != nil && strings.Contains(err.Error(), "requires go") {
		return fmt.Errorf("this Go is too old for the kit: install Go 1.26 or later (%w)", err)
	}
	return err
}

// RaceReady finds out whether there is the C compiler that the race detector
// is linked with.
func (b *Builder) RaceReady(ctx context.Context) error {
	cc, err := b.goOutput(ctx, "env", "CC")
	if err != nil {
		return err
	}
	name, _, _ := strings.Cut(strings.TrimSpace(cc), " ")
	if _, err := exec.LookPath(name); err != nil {
		return fmt.Errorf("the race detector needs a C compiler and %q is not in the PATH: install the package gcc (Debian, Ubuntu, Fedora), build-base (Alpine) or the Xcode command line tools", name)
	}
	return nil
}

func (b *Builder) download(ctx context.Context, tell func(string)) error {
	if _, err := b.goOutput(ctx, "list", "-deps", "-test", "./exercises/..."); err == nil {
		return nil
	}
	tell("downloading the kit's modules")
	cmd := exec.CommandContext(ctx, "go", "mod", "download")
	cmd.Dir = b.Kit
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("the kit's modules are not on this machine and could not be downloaded: run `go mod download` in %s where there is a network (%s)", b.Kit, complaintOf(string(out)))
	}
	return nil
}

// warm compiles every package that tests need and that is not in the build
// cache.
func (b *Builder) warm(ctx context.Context, tell func(string)) error {
	flags := b.Flags()
	stale, err := b.stale(ctx, flags)
	if err != nil || len(stale) == 0 {
		return err
	}
	if slices.ContainsFunc(stale, func(path string) bool { return !strings.HasPrefix(path, catalog.Module+"/") }) {
		tell(strings.TrimSpace("compiling the standard library " + strings.Join(flags[1:], "") +
			"; this happens once and may take a minute or two"))
	}
	_, err = b.goOutput(ctx, slices.Concat([]string{"build"}, flags, stale)...)
	return err
}

// stale returns the packages that the kit's tests import, directly or not, and
// that would have to be compiled first.
func (b *Builder) stale(ctx context.Context, flags []string) ([]string, error) {
	const format = `{{if and .Stale (not .ForTest) (ne .Name "main")}}{{.ImportPath}}{{end}}`
	args := slices.Concat([]string{"list", "-deps", "-test", "-f", format}, flags)
	if b.Hidden {
		args = append(args, "-tags", "hidden")
	}
	out, err := b.goOutput(ctx, append(args, "./exercises/...")...)
	return strings.Fields(out), err
}

func (b *Builder) goOutput(ctx context.Context, args ...string) (string, error) {
	plain := b.command(args...)
	cmd := exec.CommandContext(ctx, plain.Path, plain.Args[1:]...)
	cmd.Dir, cmd.Env = plain.Dir, plain.Env
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return "", fmt.Errorf("go %s: %s", args[0], complaintOf(string(exit.Stderr)))
	}
	return string(out), err
}

// TempDir makes a directory for binaries that the sandbox's unprivileged user
// may pass through but not list.
func TempDir() (string, error) {
	dir, err := os.MkdirTemp("", "gorutinas-")
	if err != nil {
		return "", fmt.Errorf("no room for test binaries: %w; set TMPDIR to a directory with space", err)
	}
	return dir, os.Chmod(dir, 0o711)
}
