package exam

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/exam/mutant"
	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/results"
)

// Mutation is what became of the mutants of one exercise's right solutions.
type Mutation struct {
	Exercise   *catalog.Exercise
	Killed     int
	Equivalent int        // those listed as equivalent
	Survivors  []Survivor // those that passed every check
	Undecided  int        // those that lost none, but this machine could not decide all
	Unused     []string   // entries of the list of equivalents that name no such mutant
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

// MutationOptions say what Mutate does, and let a caller follow it.
type MutationOptions struct {
	Recheck  bool              // grade those listed as equivalent, too: is the list still true?
	Start    func(n int)       // hears how many mutants there are
	Finished func(name string) // hears of each that is done, one at a time
}

// Mutate grades the mutants of the reference and accepted solutions of exercises, each
// until the first check that it loses. known is what [ReadEquivalents] returned for the
// same exercises: the mutants that it lists are taken to be equivalent, unless
// o.Recheck.
func Mutate(ctx context.Context, g *grading.Grader, exercises []*catalog.Exercise, known []Equivalents, o MutationOptions) ([]Mutation, error) {
	m := mutation{MutationOptions: o, grader: g, known: known}
	var all [][]*mutantProgram
	most, total := 0, 0
	for _, e := range exercises {
		programs, err := programs(g, e)
		if err != nil {
			return nil, err
		}
		m.results = append(m.results, Mutation{Exercise: e})
		m.orders = append(m.orders, &order{checks: e.Hidden})
		all = append(all, programs)
		most = max(most, len(programs))
		for _, p := range programs {
			total += len(p.mutants)
		}
	}
	o.Start(total)
	err := g.Parallel(ctx, most, func(ctx context.Context, i int) error { return m.batch(ctx, all, i) })
	for i := range m.results {
		m.results[i].Unused = m.known[i].unused()
		slices.SortFunc(m.results[i].Survivors, func(a, b Survivor) int { return cmp.Compare(a.String(), b.String()) })
	}
	return m.results, err
}

type mutation struct {
	MutationOptions
	grader *grading.Grader
	orders []*order      // of each exercise
	known  []Equivalents // of each exercise; mu guards who of them is seen

	mu      sync.Mutex // guards results
	results []Mutation
}

// batch grades the i-th program of every exercise together.
func (m *mutation) batch(ctx context.Context, all [][]*mutantProgram, i int) error {
	var cands []grading.Candidate
	var at []int
	for e, programs := range all {
		if i < len(programs) {
			cands = append(cands, programs[i].candidate)
			at = append(at, e)
		}
	}
	prepared, release, err := m.grader.Prepare(ctx, cands)
	if err != nil {
		return err
	}
	defer release()
	group, ctx := errgroup.WithContext(ctx)
	for k, p := range prepared {
		group.Go(func() error { return m.program(ctx, at[k], all[at[k]][i], p) })
	}
	return group.Wait()
}

// program grades the mutants of one program of the e-th exercise.
func (m *mutation) program(ctx context.Context, e int, program *mutantProgram, p *grading.Prepared) error {
	if p.Status != results.StatusGraded {
		return fmt.Errorf("mutants of %v: %s:%d: %s", program.mutants[0].Solution, p.Problem.File, p.Problem.Line, p.Problem.Message)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(m.grader.Jobs) // so that those that start later know what others lost
	for i, s := range program.mutants {
		if m.listed(e, s) && !m.Recheck {
			m.record(e, s, survived)
			continue
		}
		o := grading.Options{Env: program.selecting(i)}
		if !m.listed(e, s) {
			o.Hurry = impatience
		}
		p := *p // a candidate of its own
		group.Go(func() error {
			fate, err := m.fate(ctx, &p, m.orders[e], o)
			if err == nil {
				m.record(e, s, fate)
			}
			return err
		})
	}
	return group.Wait()
}

// impatience divides the times that a mutant gets: many compute or wait for ever, and
// what is left is still several times what right solutions need. Those listed as
// equivalent get all of it, since a slow one must not count as killed.
const impatience = 5

// fate is what becomes of a mutant.
type fate int

const (
	survived fate = iota
	killed
	undecided
)

// fate is that of the mutant p: killed once it loses a check.
func (m *mutation) fate(ctx context.Context, p *grading.Prepared, order *order, o grading.Options) (fate, error) {
	all := survived
	for _, c := range order.all() {
		found, err := m.grader.Check(ctx, p, c, o)
		switch {
		case err != nil:
			return undecided, err
		case found.Verdict == results.Infra:
			all = undecided
		case found.Verdict != results.Pass:
			order.killed(found)
			return killed, nil
		}
	}
	return all, nil
}

// order is that in which mutants of one exercise go through its checks.
type order struct {
	mu     sync.Mutex
	checks []catalog.Check // not changed in place
}

func (o *order) all() []catalog.Check {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.checks
}

// quick is how many milliseconds a check takes at most to be worth running first: one
// that only ends at its time limit, as for a mutant that waits for ever, takes seconds.
const quick = 1000

// killed puts the check that a mutant has just lost first, or last if that was not
// quick: the next mutant, often of the same lines, is likely to lose it, too.
func (o *order) killed(by grading.Outcome) {
	o.mu.Lock()
	defer o.mu.Unlock()
	at := slices.IndexFunc(o.checks, func(c catalog.Check) bool { return c.Name == by.Name })
	it, others := o.checks[at], slices.Delete(slices.Clone(o.checks), at, at+1)
	place := 0
	if by.ElapsedMS > quick {
		place = len(others)
	}
	o.checks = slices.Insert(others, place, it)
}

// listed says whether s is listed as equivalent.
func (m *mutation) listed(e int, s Survivor) bool { return m.known[e][s.Mutant.ID()] != nil }

func (m *mutation) record(e int, s Survivor, f fate) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := &m.results[e]
	known := m.known[e][s.Mutant.ID()]
	if known != nil && f != killed {
		known.seen = true
	}
	switch {
	case f == killed:
		r.Killed++
	case f == undecided:
		r.Undecided++
	case known != nil:
		r.Equivalent++
	default:
		r.Survivors = append(r.Survivors, s)
	}
	m.Finished(s.Solution.String())
}

// Equivalents are the mutants of one exercise that behave as the original does,
// by their IDs.
type Equivalents map[string]*equivalent

type equivalent struct {
	line string // of the list
	seen bool
}

// ReadEquivalents reads the lists, in the kit in dir, of those mutants of
// exercises that no check can tell from the original: an ID and the reason on
// each line.
func ReadEquivalents(dir string, exercises []*catalog.Exercise) (all []Equivalents, err error) {
	for _, e := range exercises {
		path := filepath.Join(dir, "solutions", e.Name, "testdata", "equivalent.txt")
		text, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		list, err := parseEquivalents(string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, list)
	}
	return all, nil
}

func parseEquivalents(text string) (Equivalents, error) {
	all := Equivalents{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, reason, _ := strings.Cut(line, " ")
		if strings.TrimSpace(reason) == "" {
			return nil, fmt.Errorf("%q gives no reason: write after the ID why no check can tell", line)
		}
		all[id] = &equivalent{line: line}
	}
	return all, nil
}

// unused returns the lines that name no survivor.
func (all Equivalents) unused() (lines []string) {
	for _, e := range all {
		if !e.seen {
			lines = append(lines, e.line)
		}
	}
	slices.Sort(lines)
	return lines
}
