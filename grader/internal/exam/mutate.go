package exam

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/exam/mutant"
	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/results"
)

// Mutation is what became of the mutants of one exercise's right solutions.
type Mutation struct {
	Exercise   *catalog.Exercise
	Killed     int
	Stillborn  int        // those that do not compile
	Equivalent int        // those listed as equivalent
	Survivors  []Survivor // those that passed every check
	Unused     []string   // entries of the list of equivalents that name no survivor
}

// Survivor is a mutant that no check noticed.
type Survivor struct {
	Solution Solution
	File     string
	Mutant   mutant.Mutant
}

// String gives an author all that is needed to look at the mutant or to list it
// as equivalent.
func (s Survivor) String() string {
	return fmt.Sprintf("%v %s %s %v", s.Solution, s.File, s.Mutant.ID(), s.Mutant)
}

// MutationOptions let a caller follow Mutate.
type MutationOptions struct {
	Start    func(n int)       // hears how many mutants there are
	Finished func(name string) // hears of each that is done, one at a time
}

// Mutate grades every mutant of the reference and accepted solutions of
// exercises, each until the first check that it loses.
func Mutate(ctx context.Context, g *grading.Grader, exercises []*catalog.Exercise, o MutationOptions) ([]Mutation, error) {
	m := mutation{MutationOptions: o, grader: g}
	most, total := 0, 0
	var all [][]Survivor
	for _, e := range exercises {
		suspects, err := suspects(g.Config.Kit.Dir, e)
		if err != nil {
			return nil, err
		}
		reasons, err := equivalents(g.Config.Kit.Dir, e)
		if err != nil {
			return nil, err
		}
		m.results = append(m.results, Mutation{Exercise: e})
		m.reasons = append(m.reasons, reasons)
		all = append(all, suspects)
		most, total = max(most, len(suspects)), total+len(suspects)
	}
	o.Start(total)
	err := g.Parallel(ctx, most, func(ctx context.Context, i int) error { return m.batch(ctx, all, i) })
	for i := range m.results {
		m.results[i].Unused = unused(m.reasons[i])
	}
	return m.results, err
}

type mutation struct {
	MutationOptions
	grader *grading.Grader

	mu      sync.Mutex // guards what follows
	results []Mutation
	reasons []map[string]*equivalent
}

// suspects makes all mutants of e's right solutions.
func suspects(dir string, e *catalog.Exercise) ([]Survivor, error) {
	solutions, err := Solutions(dir, e)
	if err != nil {
		return nil, err
	}
	var all []Survivor
	for _, s := range solutions {
		if s.Kind != Reference && s.Kind != Accepted {
			continue
		}
		for name, src := range s.Files {
			mutants, err := mutant.All(src)
			if err != nil {
				return nil, fmt.Errorf("%v: %w", s, err)
			}
			for _, m := range mutants {
				all = append(all, Survivor{Solution: s, File: name, Mutant: m})
			}
		}
	}
	return all, nil
}

// batch grades the i-th mutant of every exercise together.
func (m *mutation) batch(ctx context.Context, all [][]Survivor, i int) error {
	var cands []grading.Candidate
	var at []int
	for e := range all {
		if i < len(all[e]) {
			s := all[e][i]
			files := maps.Clone(s.Solution.Files)
			files[s.File] = s.Mutant.Source
			cands = append(cands, grading.Candidate{Exercise: s.Solution.Exercise, Files: files})
			at = append(at, e)
		}
	}
	prepared, release, err := m.grader.Prepare(ctx, cands)
	if err != nil {
		return err
	}
	defer release()
	for k, p := range prepared {
		alive, err := m.survives(ctx, p)
		if err != nil {
			return err
		}
		m.record(at[k], all[at[k]][i], p, alive)
	}
	return nil
}

// survives says whether p passes every check.
func (m *mutation) survives(ctx context.Context, p *grading.Prepared) (bool, error) {
	if p.Status != results.StatusGraded {
		return false, nil
	}
	for _, c := range p.Exercise.Hidden {
		verdict, _, err := m.grader.Check(ctx, p, c, grading.Options{})
		if err != nil || verdict.Verdict != results.Pass {
			return false, err
		}
	}
	return true, nil
}

func (m *mutation) record(e int, s Survivor, p *grading.Prepared, alive bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := &m.results[e]
	known := m.reasons[e][s.Mutant.ID()]
	switch {
	case p.Status != results.StatusGraded:
		r.Stillborn++
	case !alive:
		r.Killed++
	case known != nil:
		known.seen = true
		r.Equivalent++
	default:
		r.Survivors = append(r.Survivors, s)
	}
	m.Finished(s.Solution.String())
}

// equivalent is a mutant that behaves as the original does.
type equivalent struct {
	line string
	seen bool
}

// equivalents reads the list of e's mutants that no check could tell from the
// original: an ID and the reason on each line.
func equivalents(dir string, e *catalog.Exercise) (map[string]*equivalent, error) {
	path := filepath.Join(dir, "solutions", e.Name, "testdata", "equivalent.txt")
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	all := map[string]*equivalent{}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, reason, _ := strings.Cut(line, " ")
		if strings.TrimSpace(reason) == "" {
			return nil, fmt.Errorf("%s: %q gives no reason", path, line)
		}
		all[id] = &equivalent{line: line}
	}
	return all, nil
}

func unused(reasons map[string]*equivalent) (lines []string) {
	for _, r := range reasons {
		if !r.seen {
			lines = append(lines, r.line)
		}
	}
	return lines
}
