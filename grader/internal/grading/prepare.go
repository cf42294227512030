package grading

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"

	"gorutinas/grader/internal/build"
	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/gate"
	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/sandbox"
)

// Candidate is what a submission has for one exercise.
type Candidate struct {
	Exercise *catalog.Exercise
	Files    map[string][]byte // base name → content, as handed in

	// Trusted files go to the compiler as they are, over those of the same name
	// once the gate has passed these.
	Trusted map[string][]byte
}

// Prepared is a candidate that passed the gate and the compiler, or the reason
// why not.
type Prepared struct {
	Candidate
	Status  results.Status // graded when it can be run
	Problem *results.Problem
	Advice  []results.Problem
	binary  string // rewritten, with -race
	quiet   string // for checks of kind memory; "" when there are none

	undecided int // checks in a row that the machine kept from being decided
}

// Prepare gates and builds candidates of different exercises. The binaries live
// until release is called.
func (g *Grader) Prepare(ctx context.Context, cands []Candidate) (all []*Prepared, release func(), err error) {
	dir, err := os.MkdirTemp(g.room.Dir, "")
	if err != nil {
		return nil, nil, fmt.Errorf("no room for test binaries: %w; set TMPDIR to a directory with space", err)
	}
	release = func() { os.RemoveAll(dir) }
	defer func() {
		if err != nil {
			release()
		}
	}()
	if err := os.Chmod(dir, 0o711); err != nil {
		return nil, nil, err
	}
	for _, c := range cands {
		all = append(all, &Prepared{Candidate: c, Status: results.StatusGraded})
	}
	err = g.holding(ctx, 1, func() error {
		answers, err := g.gate(ctx, all)
		if err != nil {
			return err
		}
		return g.build(ctx, dir, all, answers)
	})
	return all, release, err
}

// gate refuses candidates that break a rule and returns what to build of the
// others: rewritten, or as they are when the compiler will refuse them.
func (g *Grader) gate(ctx context.Context, all []*Prepared) (map[string]gate.Answer, error) {
	req := gate.Request{Exports: g.exports}
	for _, p := range all {
		e, err := p.gated()
		if err != nil {
			return nil, err
		}
		req.Exercises = append(req.Exercises, e)
	}
	answers, err := gate.Run(ctx, req, g.gateLimit)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		a := answers[p.Exercise.Name]
		if a.Problem != nil {
			p.reject(a.Problem.File, a.Problem.Line, a.Problem.Message)
		}
		for _, advice := range a.Advice {
			p.Advice = append(p.Advice, *results.NewProblem(advice.File, advice.Line, advice.Message))
		}
		if a.Files == nil || g.Plain {
			a.Files = p.Files
		}
		a.Files = p.overlaid(a.Files)
		answers[p.Exercise.Name] = a
	}
	return answers, nil
}

// gated is what the gate sees of c.
func (c Candidate) gated() (gate.Exercise, error) {
	own, err := c.Exercise.Sources()
	return gate.Exercise{Name: c.Exercise.Name, Files: c.Files, Imports: c.Exercise.Imports, Kit: own}, err
}

// TypeCheck returns the type checker's first complaint about each of cands, nil
// for those that compile. Unlike Prepare it takes no precautions against what
// is in them.
func (g *Grader) TypeCheck(cands []Candidate) ([]error, error) {
	all := make([]gate.Exercise, len(cands))
	for i, c := range cands {
		var err error
		if all[i], err = c.gated(); err != nil {
			return nil, err
		}
	}
	return gate.TypeCheck(g.exports, all), nil
}

func (c Candidate) overlaid(files map[string][]byte) map[string][]byte {
	if len(c.Trusted) == 0 {
		return files
	}
	all := maps.Clone(files)
	maps.Copy(all, c.Trusted)
	return all
}

func (g *Grader) gateLimit(ctx context.Context, cmd *exec.Cmd) (string, error) {
	used, err := sandbox.Limit(cmd, longer(gateLimits, g.slow)).Run(ctx)
	return string(used.Killed), err
}

func (p *Prepared) reject(file string, line int, message string) {
	p.Status = results.StatusRejected
	p.Problem = results.NewProblem(file, line, message)
}

func (g *Grader) build(ctx context.Context, dir string, all []*Prepared, answers map[string]gate.Answer) error {
	var sources, quiet []build.Source
	for _, p := range all {
		if p.Status != results.StatusGraded {
			continue
		}
		sources = append(sources, build.Source{Exercise: p.Exercise.Name, Files: answers[p.Exercise.Name].Files})
		if slices.ContainsFunc(p.Exercise.Checks(g.Kit.Hidden), isMemory) {
			quiet = append(quiet, build.Source{Exercise: p.Exercise.Name, Files: p.overlaid(p.Files)})
		}
	}
	binaries, err := buildInto(ctx, &g.builder, dir+"/race", sources)
	if err != nil {
		return err
	}
	plain, err := buildInto(ctx, &g.quiet, dir+"/quiet", quiet)
	if err != nil {
		return err
	}
	for _, p := range all {
		p.accept(binaries[p.Exercise.Name], plain[p.Exercise.Name], answers[p.Exercise.Name].Unchecked)
	}
	return nil
}

func isMemory(c catalog.Check) bool { return c.Kind == "memory" }

func buildInto(ctx context.Context, b *build.Builder, dir string, sources []build.Source) (map[string]build.Binary, error) {
	if len(sources) == 0 {
		return nil, nil
	}
	if err := os.Mkdir(dir, 0o711); err != nil {
		return nil, err
	}
	return b.Build(ctx, dir, sources)
}

// accept takes over what the compiler made of p. What compiles although the
// gate could not check it in full does not run.
func (p *Prepared) accept(binary, quiet build.Binary, unchecked string) {
	if p.Status != results.StatusGraded {
		return
	}
	for _, b := range []build.Binary{binary, quiet} {
		if b.Problem != nil {
			p.Status = results.StatusBuildFailed
			p.Problem = results.NewProblem(b.Problem.File, b.Problem.Line, b.Problem.Message)
			return
		}
	}
	if unchecked != "" {
		p.reject(p.Exercise.File(), 0, "cannot be checked: "+unchecked)
		return
	}
	p.binary, p.quiet = binary.Path, quiet.Path
}
