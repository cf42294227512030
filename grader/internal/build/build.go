// Package build turns candidates into test binaries: the kit's own tree, with
// a candidate's files laid over the stub.
package build

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// kitFile is laid beside every candidate. Its import makes probe initialise,
// and read the grader's orders, before any of the candidate's code runs.
const kitFile = "zz_kit.go"

// Source is one candidate as it goes to the compiler.
type Source struct {
	Exercise string
	Files    map[string][]byte // base name → content
}

// Binary is what became of a Source: the path of its test binary, or why the
// compiler refused it.
type Binary struct {
	Path    string
	Problem *Problem
}

// Problem is the compiler's first complaint about a candidate.
type Problem struct {
	File    string // base name; empty when no file of the candidate is to blame
	Line    int
	Message string
}

// Limiter starts the compiler, which is to build the tests of so many packages, under
// limits and says, in a clause, which of them ended it; "" when none did. Where the
// machine and not what is compiled ended it, that is the error.
type Limiter func(ctx context.Context, cmd *exec.Cmd, packages int) (exceeded string, err error)

// Builder builds test binaries from one kit.
type Builder struct {
	Kit      string   // the kit's directory
	Packages []string // of the kit, whose tests will be built, as the go command is told in Kit
	Hidden   bool     // with the hidden tests
	Race     bool     // with the race detector
	Jobs     int      // compilers at a time; below 1: as many as the go command likes
	Limit    Limiter

	Version string // of the go command, once Ready has asked it

	caches []string // where the user keeps modules and what is compiled, for the environment
}

// Build builds the test binary of every source into dir, all with one go
// command. It leaves out the vetting that go test does: whether a program is right
// is for its tests to say, and package idiom vets it for advice. A source that does
// not compile costs itself alone; when the command is ended by a limit, the sources
// are built one by one to find which to blame.
// The error is for what no source is to blame for.
func (b *Builder) Build(ctx context.Context, dir string, sources []Source) (map[string]Binary, error) {
	if len(sources) == 0 {
		return nil, nil
	}
	out, exceeded, err := b.compile(ctx, dir, sources)
	switch {
	case err != nil:
		return nil, err
	case exceeded == "":
		return collect(dir, sources, out)
	case len(sources) == 1:
		p := &Problem{File: sources[0].Exercise + ".go", Message: "the compiler was stopped: " + exceeded}
		return map[string]Binary{sources[0].Exercise: {Problem: p}}, nil
	}
	return b.oneByOne(ctx, dir, sources)
}

func (b *Builder) oneByOne(ctx context.Context, dir string, sources []Source) (map[string]Binary, error) {
	all := make(map[string]Binary, len(sources))
	for _, s := range sources {
		one, err := b.Build(ctx, dir, []Source{s})
		if err != nil {
			return nil, err
		}
		all[s.Exercise] = one[s.Exercise]
	}
	return all, nil
}

// compile runs the go command, and once more when it was the machine that kept
// it from finishing.
func (b *Builder) compile(ctx context.Context, dir string, sources []Source) (output, exceeded string, err error) {
	for range 2 {
		output, exceeded, err = b.attempt(ctx, dir, sources)
		if err == nil && exceeded == "" {
			exceeded, err = tooLarge(output), trouble(output)
		}
		if err == nil || ctx.Err() != nil {
			break
		}
	}
	return output, exceeded, err
}

func (b *Builder) attempt(ctx context.Context, dir string, sources []Source) (output, exceeded string, err error) {
	overlay, err := b.writeOverlay(dir, sources)
	if err != nil {
		return "", "", fmt.Errorf("no room for what is compiled: %w; set TMPDIR to a directory with space", err)
	}
	tmp, err := os.MkdirTemp(dir, "go-")
	if err != nil {
		return "", "", fmt.Errorf("no room for what is compiled: %w; set TMPDIR to a directory with space", err)
	}
	defer os.RemoveAll(tmp) // a go command that is killed leaves its files behind
	args := slices.Concat([]string{"test", "-c", "-vet=off", "-ldflags=-s -w", "-overlay", overlay, "-o", dir + string(filepath.Separator)}, b.Flags(), b.tags())
	if b.Jobs > 0 {
		args = append(args, fmt.Sprintf("-p=%d", b.Jobs))
	}
	for _, s := range sources {
		args = append(args, "./exercises/"+s.Exercise)
	}
	var text strings.Builder
	cmd := b.command(args...)
	cmd.Env = append(cmd.Env, "GOTMPDIR="+tmp, "TMPDIR="+tmp)
	cmd.Stdout, cmd.Stderr = &text, &text
	exceeded, err = b.Limit(ctx, cmd, len(sources))
	if ctx.Err() != nil {
		return "", "", ctx.Err()
	}
	if _, ok := errors.AsType[*exec.ExitError](err); ok {
		err = nil // the compiler's complaints are in text
	}
	return text.String(), exceeded, err
}

// Flags are the flags that decide what packages are compiled to. Every go
// command uses the same, so that nothing is compiled twice. Nobody debugs a test
// binary, and without tables for debuggers it is built a tenth sooner.
func (b *Builder) Flags() []string {
	flags := []string{"-trimpath", "-gcflags=all=-dwarf=false"}
	if b.Race {
		flags = append(flags, "-race")
	}
	return flags
}

// tags choose the tests to build.
func (b *Builder) tags() []string {
	if b.Hidden {
		return []string{"-tags", "hidden"}
	}
	return nil
}

// command is a go command in the kit that reaches for nothing outside of it.
func (b *Builder) command(args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Dir = b.Kit
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN=local", "GOPROXY=off", "GOWORK=off", "GOENV=off", "GO111MODULE=on", "GOFLAGS=")
	cmd.Env = append(cmd.Env, b.caches...)
	// The overlay names files as they are below Kit: the go command must not take
	// another way there, through a link that the shell has come by.
	cmd.Env = append(cmd.Env, "PWD="+b.Kit)
	// A compiler that ends within a second has no need to collect its garbage.
	cmd.Env = append(cmd.Env, "GOGC=off", "GOMEMLIMIT=512MiB")
	if b.Race {
		cmd.Env = append(cmd.Env, "CGO_ENABLED=1") // the race detector is linked through cgo
	}
	return cmd
}

func (b *Builder) writeOverlay(dir string, sources []Source) (path string, err error) {
	replace := map[string]string{}
	for _, s := range sources {
		files := maps.Clone(s.Files)
		files[kitFile] = fmt.Appendf(nil, "package %s\n\nimport _ \"gorutinas/exercises/internal/probe\"\n", s.Exercise)
		at := filepath.Join(dir, "src", s.Exercise)
		if err := os.MkdirAll(at, 0o700); err != nil {
			return "", err
		}
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(at, name), text, 0o600); err != nil {
				return "", err
			}
			replace[filepath.Join(b.Kit, "exercises", s.Exercise, name)] = filepath.Join(at, name)
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, text, 0o600)
}

// collect pairs the sources with the binaries in dir, and with the complaints
// in the go command's output where there is none.
func collect(dir string, sources []Source, output string) (map[string]Binary, error) {
	all := make(map[string]Binary, len(sources))
	for _, s := range sources {
		path := filepath.Join(dir, s.Exercise+".test")
		if err := os.Chmod(path, 0o755); err == nil { // the sandbox's user runs it, whatever the umask
			all[s.Exercise] = Binary{Path: path}
			continue
		}
		p := firstProblem(s, output)
		if p == nil {
			return nil, fmt.Errorf("build %s: %s", s.Exercise, complaintOf(output))
		}
		all[s.Exercise] = Binary{Problem: p}
	}
	return all, nil
}

// complaintOf returns the first line of a go command's output that is no
// heading.
func complaintOf(output string) string {
	for line := range strings.Lines(output) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return "the go command made no binary and gave no reason"
}
