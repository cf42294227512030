package report

import (
	"strings"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// outcome is what programs that know nothing of verdicts understand.
type outcome int

const (
	passed  outcome = iota
	failed          // the student's to repair
	skipped         // there was nothing to run
	errored         // not the student's: to be graded again
)

// item is what other programs call a test: a check, or a whole exercise that
// was not run, or a submission that could not be read. The scores of a
// submission's items sum to its own.
type item struct {
	Exercise, Title string
	Outcome         outcome
	Misplaced       bool   // skipped, but something of it was handed in
	What            string // verdict or status, in the reader's language
	Score, Max      int
	Message, Hint   string
	Schedule        []results.Step
	Output          string
	File            string // the student's, relative to the exercise
	Line            int
	MS              int64
}

// Label names i on one line.
func (i item) Label() string {
	if i.Exercise == "" || i.Title == "" {
		return i.Exercise + i.Title
	}
	return i.Exercise + ": " + i.Title
}

// Place is "file:line", "file" or "".
func (i item) Place() string { return place(i.File, i.Line) }

// path is i's file from the root of a student's repository.
func (i item) path() string {
	if i.File == "" || i.Exercise == "" {
		return i.File
	}
	return "exercises/" + i.Exercise + "/" + i.File
}

// Lost says that i needs the student's attention: what was skipped was not begun,
// or it lies elsewhere.
func (i item) Lost() bool { return i.Outcome == failed || i.Outcome == errored || i.Misplaced }

// feedback is all that i tells the student, as plain text.
func (i item) feedback(o Options) string {
	parts := []string{i.Message}
	if i.Hint != "" {
		parts = append(parts, o.word("hint")+": "+i.Hint)
	}
	if len(i.Schedule) > 0 {
		parts = append(parts, "", strings.Join(o.schedule(i.Schedule, o.width()), "\n"))
	}
	return strings.Trim(strings.Join(parts, "\n"), "\n")
}

func items(o Options, g results.Grade) []item {
	if g.Status == results.StatusError {
		return []item{{
			Title: g.ID, Outcome: errored, What: message.Status(o.Lang, string(g.Status)),
			Score: g.Score, Max: g.MaxScore, Message: g.Problem,
		}}
	}
	var all []item
	for _, e := range g.Exercises {
		all = append(all, exerciseItems(o, e)...)
	}
	return all
}

// alone returns the items of c's one submission. The first tells the banners too:
// it is for formats that have no other room for them.
func alone(o Options, c results.Class) []item {
	all := items(o, c.Submissions[0])
	if len(all) > 0 {
		all[0].Message = strings.TrimSpace(strings.Join(append(o.banners(c), all[0].Message), "\n"))
	}
	return all
}

// exerciseItems returns one item a check, and one for all of e where e was not
// run.
func exerciseItems(o Options, e results.Exercise) []item {
	if e.Status != results.StatusGraded {
		return []item{notRun(o, e)}
	}
	checks := make([]item, 0, len(e.Checks))
	for _, c := range e.Checks {
		checks = append(checks, checkItem(o, e.Name, c))
	}
	return checks
}

func checkItem(o Options, exercise string, c results.Check) item {
	i := item{
		Exercise: exercise, Title: c.Title, What: message.Verdict(o.Lang, string(c.Verdict)),
		Score: c.Score, Max: c.Points, File: c.File, Line: c.Line, MS: c.ElapsedMS, Output: c.Output,
	}
	switch c.Verdict {
	case results.Pass:
		return i
	case results.Infra:
		i.Outcome = errored
	default:
		i.Outcome = failed
	}
	i.Message, i.Hint, i.Schedule = c.Message, c.Hint, c.Schedule
	return i
}

func notRun(o Options, e results.Exercise) item {
	i := item{
		Exercise: e.Name, Outcome: failed, What: message.Status(o.Lang, string(e.Status)),
		Score: e.Score, Max: e.MaxScore,
	}
	i.Message = i.What
	if e.Status == results.StatusUnchanged || e.Status == results.StatusMissing {
		i.Outcome, i.Misplaced = skipped, misplaced(o, e)
	}
	if p := e.Problem; p != nil {
		i.File, i.Line = p.File, p.Line
		i.Message = problemText(*p)
	}
	return i
}

// misplaced says that e was handed in under another name or in another place.
func misplaced(o Options, e results.Exercise) bool {
	return e.Status == results.StatusMissing && e.Problem != nil &&
		e.Problem.Message != message.Problem(o.Lang, message.NotHandedIn(e.Name+".go"))
}

func problemText(p results.Problem) string {
	return strings.TrimPrefix(place(p.File, p.Line)+": "+p.Message, ": ")
}
