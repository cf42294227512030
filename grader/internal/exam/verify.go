package exam

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sync/errgroup"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// Options of Verify.
type Options struct {
	Rounds   int            // how often every check runs on every solution; below 1: once
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

// Report is what Verify found.
type Report struct {
	Exercises []ExerciseReport
	Rounds    int
	Saved     int      // solutions whose rounds were all saved by earlier runs
	Defects   []string // sentences; none: the kit is as it must be
}

// ExerciseReport has, for each solution and check of an exercise, every verdict
// that came up.
type ExerciseReport struct {
	Exercise *catalog.Exercise
	Checks   []catalog.Check
	Rows     []Row
}

// Verify examines exercises: their structure, and Rounds times the verdict of
// every check on every solution, with seeds and GOMAXPROCS that vary.
func Verify(ctx context.Context, g *grading.Grader, exercises []*catalog.Exercise, o Options) (Report, error) {
	o.Rounds = max(1, o.Rounds)
	r := Report{Rounds: o.Rounds}
	v := verification{Options: o, grader: g, report: &r, versions: map[string]string{}}
	for _, e := range exercises {
		if err := v.add(e); err != nil {
			return r, err
		}
	}
	if o.Load {
		defer load()()
	}
	err := v.batches(ctx)
	for _, e := range r.Exercises {
		for _, row := range e.Rows {
			r.Defects = append(r.Defects, row.Defects...)
		}
	}
	return r, err
}

func newExerciseReport(e *catalog.Exercise, solutions []Solution) ExerciseReport {
	r := ExerciseReport{Exercise: e, Checks: checks(e)}
	for _, s := range solutions {
		row := Row{Solution: s}
		for range r.Checks {
			row.Verdicts = append(row.Verdicts, map[results.Verdict]int{})
		}
		r.Rows = append(r.Rows, row)
	}
	return r
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
			v.load(row)
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

// file is where row is saved: its name covers all that decides what is in it,
// except how many rounds. Every round has a seed of its own.
func (v *verification) file(row *Row) string {
	kit := v.grader.Provenance()
	kit.Version, kit.Seed = v.versions[row.Solution.Exercise.Name], 0
	h := sha256.New()
	fmt.Fprintf(h, "%+v %t %t %q %q", kit, v.Load, v.Matrix, row.Solution.String(), row.Solution.Files)
	return filepath.Join(v.Saved, hex.EncodeToString(h.Sum(nil)[:16])+".json")
}

// load fills row with the rounds of earlier runs, if there were any.
func (v *verification) load(row *Row) {
	if !v.Resume {
		return
	}
	if saved, ok := v.saved(row); ok {
		row.Verdicts, row.Defects = saved.Verdicts, saved.Defects
	}
}

// saved is what earlier runs have saved of row.
func (v *verification) saved(row *Row) (saved Row, ok bool) {
	if v.Saved == "" {
		return saved, false
	}
	text, err := os.ReadFile(v.file(row))
	ok = err == nil && json.Unmarshal(text, &saved) == nil && len(saved.Verdicts) == len(row.Verdicts)
	return saved, ok
}

// all is how many rounds r has of all its checks together.
func (r *Row) all() int {
	n := 0
	for i := range r.Verdicts {
		n += r.rounds(i)
	}
	return n
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

// save saves row, unless an earlier run has saved more rounds of it, or this machine
// could not decide one: that says nothing of the solution, and is tried again.
func (v *verification) save(row *Row) error {
	if v.Saved == "" || row.undecided() {
		return nil
	}
	if old, ok := v.saved(row); ok && old.all() > row.all() {
		return nil
	}
	if err := results.WriteFile(v.file(row), row); err != nil {
		return fmt.Errorf("save the rounds: %w; make room there, or set XDG_CACHE_HOME to a directory that can be written", err)
	}
	return nil
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
		found.Message = message.Render("en", found.Code, found.Args)
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
	o := grading.Options{Seed: uint64(round + 1), Procs: procs[round%len(procs)], Count: 1}
	if round >= separate && shared {
		share := min(together, (v.Rounds-separate+len(procs)-1)/len(procs))
		o.Count = min(share, v.Rounds-round)
		o.Procs = procs[(round-separate)/share%len(procs)]
	}
	return o
}

// Tally counts solutions by what must become of them.
type Tally struct{ Right, Wrong, Stubs int }

// Tally counts the solutions that r is about.
func (r Report) Tally() Tally {
	var t Tally
	for _, e := range r.Exercises {
		for _, row := range e.Rows {
			switch row.Solution.Kind {
			case Stub:
				t.Stubs++
			case Rejected:
				t.Wrong++
			default:
				t.Right++
			}
		}
	}
	return t
}

// UpperBound is the upper 95 % bound of the failure rate after n rounds without
// a failure: the rule of three.
func UpperBound(n int) float64 { return math.Min(1, 3/float64(n)) }
