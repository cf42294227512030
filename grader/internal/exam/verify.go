package exam

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// Options of Verify. Start and Finished must not be nil.
type Options struct {
	Rounds   int            // how often every check runs on every solution; below 1: once
	Seed     uint64         // of the first round, to which later ones add one each; 0: 1
	Load     bool           // under busy loops on every core
	Matrix   bool           // all checks on rejected solutions, not only the one that each names
	Saved    string         // directory where what is found is saved; "": nowhere
	Resume   bool           // add to the rounds that earlier runs, equal but for Rounds, have saved there
	Start    func(n int)    // hears how many solutions there are
	Finished func(Solution) // hears of each that is done, one at a time
}

// procs are the values of GOMAXPROCS that the rounds go through.
var procs = []int{2, 1, 4}

// separate is how many rounds run in processes of their own; later ones share
// one process a check and GOMAXPROCS, which costs far less.
const separate = 10

// together is how many rounds one process runs at most: what each of them finds
// has to fit into its record, and what the race detector keeps of each (up to
// 60 MB) into its memory.
const together = 20

// Verify examines exercises: their structure, and Rounds times the verdict of
// every check on every solution, with seeds and GOMAXPROCS that vary.
func Verify(ctx context.Context, g *grading.Grader, exercises []*catalog.Exercise, o Options) (Report, error) {
	o.Rounds, o.Seed = max(1, o.Rounds), max(1, o.Seed)
	r := Report{Rounds: o.Rounds}
	v := verification{Options: o, grader: g, report: &r, versions: map[string]string{}}
	for _, e := range exercises {
		if err := v.add(e); err != nil {
			return r, err
		}
	}
	if o.Saved != "" {
		grading.Trim(o.Saved, keptRounds)
	}
	if o.Load {
		defer busy()()
	}
	err := v.batches(ctx)
	for _, e := range r.Exercises {
		for _, row := range e.Rows {
			r.Defects = append(r.Defects, row.Defects...)
			r.Defects = append(r.Defects, untranslated(e.Exercise, row.Said)...)
			if row.undecided() {
				r.Undecided++
			}
		}
	}
	return r, err
}

type verification struct {
	Options
	grader    *grading.Grader
	report    *Report           // each of its rows is owned by one goroutine
	solutions [][]Solution      // of each of the report's exercises
	versions  map[string]string // of the kit, by exercise, as far as that is concerned

	mu sync.Mutex // keeps Finished to one call at a time, and guards the report's Saved
}

// add looks at the structure of e and takes in its solutions.
func (v *verification) add(e *catalog.Exercise) (err error) {
	if v.versions[e.Name], err = v.grader.Kit.VersionOf(e); err != nil {
		return err
	}
	defects := structure(e)
	s, err := solutionsOf(v.grader.Kit.Dir, e)
	if err != nil {
		v.report.Defects = append(v.report.Defects, err.Error())
	} else {
		defects = append(defects, tooFew(s)...)
		v.solutions = append(v.solutions, s)
		v.report.Exercises = append(v.report.Exercises, newExerciseReport(e, s))
	}
	for _, d := range defects {
		v.report.Defects = append(v.report.Defects, e.Name+": "+d)
	}
	return nil
}

// batches grades the first solution of every exercise together, as if one
// student had handed them in, then the second, and so on: one go command builds
// a whole batch.
func (v *verification) batches(ctx context.Context) error {
	most, total := 0, 0
	for _, s := range v.solutions {
		most = max(most, len(s))
		total += len(s)
	}
	v.Start(total)
	return v.grader.Parallel(ctx, most, func(ctx context.Context, i int) error {
		var rows []*Row
		var cands []grading.Candidate
		for e, solutions := range v.solutions {
			if i >= len(solutions) {
				continue
			}
			row := &v.report.Exercises[e].Rows[i]
			v.restore(row)
			if v.complete(row) {
				v.finished(row, true)
				continue
			}
			rows = append(rows, row)
			cands = append(cands, grading.Candidate{Exercise: solutions[i].Exercise, Files: solutions[i].Files})
		}
		return v.batch(ctx, rows, cands)
	})
}

func (v *verification) finished(row *Row, saved bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if saved {
		v.report.Saved++
	}
	v.Finished(row.Solution)
}

// complete says whether row has all the rounds that it needs.
func (v *verification) complete(row *Row) bool {
	for i, c := range checks(row.Solution.Exercise) {
		if row.rounds(i) < v.rounds(row.Solution, c) {
			return false
		}
	}
	return true
}

func (v *verification) batch(ctx context.Context, rows []*Row, cands []grading.Candidate) error {
	prepared, release, err := v.grader.Prepare(ctx, cands)
	if err != nil {
		return err
	}
	defer release()
	group, ctx := errgroup.WithContext(ctx)
	for i, p := range prepared {
		group.Go(func() error {
			if err := v.solution(ctx, rows[i], p); err != nil {
				return err
			}
			v.finished(rows[i], false)
			return nil
		})
	}
	return group.Wait()
}

func (v *verification) solution(ctx context.Context, row *Row, p *grading.Prepared) error {
	if p.Status != results.StatusGraded {
		row.defect("%v: %s: %s:%d: %s", row.Solution, p.Status, p.Problem.File, p.Problem.Line, p.Problem.Message)
		return nil
	}
	for i, c := range checks(p.Exercise) {
		if err := v.check(ctx, row, p, i, c); err != nil {
			return err
		}
	}
	return nil
}

// check runs the rounds that row still needs of the i-th check, c.
func (v *verification) check(ctx context.Context, row *Row, p *grading.Prepared, i int, c catalog.Check) error {
	shared := true // whether later rounds may share a process
	for n := v.rounds(row.Solution, c); row.rounds(i) < n; {
		o := v.round(row.rounds(i), shared)
		found, err := v.grader.Check(ctx, p, c, o)
		if err != nil {
			return err
		}
		spoilt := o.Count > 1 && addsUp(found.Verdict)
		shared = shared && !spoilt && found.Runs == o.Count
		if spoilt {
			continue
		}
		found.Message = message.Render("en", found.Code, found.Args, nil)
		row.count(i, found, o)
		if err := v.save(row); err != nil {
			return err
		}
	}
	return nil
}

// addsUp says of a verdict that rounds which share a process can bring it about
// although none of them would alone.
func addsUp(v results.Verdict) bool { return v == results.Output || v == results.Memory }

// rounds returns how often check c runs on s. A rejected solution must lose the
// check that it names; the others are for the matrix, which needs few rounds.
func (v *verification) rounds(s Solution, c catalog.Check) int {
	switch {
	case s.Kind != Rejected || s.Must.Check == c.Name:
		return v.Rounds
	case v.Matrix:
		return min(v.Rounds, separate)
	}
	return 0
}

// round returns how to run the rounds from round on: how many of them together,
// and with what.
func (v *verification) round(round int, shared bool) grading.Options {
	o := grading.Options{Seed: v.Seed + uint64(round), Procs: procs[round%len(procs)], Count: 1}
	if round >= separate && shared {
		share := min(together, (v.Rounds-separate+len(procs)-1)/len(procs))
		o.Count = min(share, v.Rounds-round)
		o.Procs = procs[(round-separate)/share%len(procs)]
	}
	return o
}
