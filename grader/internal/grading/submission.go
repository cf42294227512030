package grading

import (
	"bytes"
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/submission"
)

// Submission opens and grades one submission.
func (g *Grader) Submission(ctx context.Context, ref submission.Ref) (results.Grade, error) {
	return g.Grade(ctx, submission.Open(ctx, ref, g.known))
}

// Grade grades one opened submission. The error is for what the submission is
// not to blame for.
func (g *Grader) Grade(ctx context.Context, s *submission.Submission) (results.Grade, error) {
	grade := results.Grade{
		ID: s.ID, Source: s.Source, Status: results.StatusGraded, Flags: s.Flags,
		Exercises: []results.Exercise{},
	}
	for _, e := range g.Exercises {
		grade.MaxScore += catalog.MaxScore * g.weight(e.Name)
	}
	if s.Err != nil {
		grade.Status, grade.Problem = results.StatusError, results.Clip(s.Err.Error())
		return grade, nil
	}
	found, err := g.exercises(ctx, s)
	if err != nil {
		return grade, err
	}
	for _, e := range found {
		exercise := weighted(g.localize(e.Exercise), g.weight(e.Exercise.Name))
		grade.Score += exercise.Score
		grade.Exercises = append(grade.Exercises, exercise)
		for _, kind := range e.Flags {
			grade.Flags = append(grade.Flags, message.Flag(kind, e.Exercise.Name))
		}
	}
	return grade, nil
}

// weighted returns e with its points and those of its checks multiplied, so that
// whoever adds them up gets the same sum. The checks are copied: the cache keeps
// them as they are, for assignments with other weights.
func weighted(e results.Exercise, weight int) results.Exercise {
	e.Score *= weight
	e.MaxScore *= weight
	e.Checks = slices.Clone(e.Checks)
	for i := range e.Checks {
		e.Checks[i].Score *= weight
		e.Checks[i].Points *= weight
	}
	return e
}

// exercises grades every exercise of s, those that were graded before from the
// cache, in the order of the curriculum.
func (g *Grader) exercises(ctx context.Context, s *submission.Submission) ([]entry, error) {
	all := make([]entry, len(g.Exercises))
	keys := make([]string, len(g.Exercises))
	var open []Candidate
	for i, e := range g.Exercises {
		c := s.Candidates[e.Name]
		status, problem, err := triage(e, c)
		if err != nil {
			return nil, err
		}
		keys[i] = key(append(slices.Clone(g.context), e.Imports...), e.Name, c.Files)
		if status != results.StatusGraded {
			all[i] = entry{Exercise: g.notRun(e, status, problem)}
			continue
		}
		var hit bool
		if all[i], hit = g.Cache.get(keys[i]); !hit {
			open = append(open, Candidate{Exercise: e, Files: c.Files})
		}
	}
	graded, err := g.candidates(ctx, open)
	if err != nil {
		return nil, err
	}
	for i, e := range g.Exercises {
		if at := slices.IndexFunc(graded, func(x entry) bool { return x.Exercise.Name == e.Name }); at >= 0 {
			all[i] = graded[at]
			g.Cache.put(keys[i], all[i])
		}
	}
	return all, nil
}

// triage finds candidates that need no run.
func triage(e *catalog.Exercise, c submission.Candidate) (results.Status, *results.Problem, error) {
	if c.Err != nil {
		return results.StatusRejected, results.NewProblem("", 0, c.Err.Error()), nil
	}
	text, ok := c.Files[e.File()]
	if !ok {
		return results.StatusMissing, missing(e, c.Found), nil
	}
	stub, err := e.Stub()
	if err == nil && len(c.Files) == 1 && sameText(text, stub) {
		return results.StatusUnchanged, nil, nil
	}
	return results.StatusGraded, nil, err
}

// sameText reports that a differs from b at most in what editors change without
// being asked, empty lines at its end included.
func sameText(a, b []byte) bool {
	return bytes.Equal(bytes.TrimSpace(submission.Normal(a)), bytes.TrimSpace(submission.Normal(b)))
}

// candidates gates, builds and runs candidates of different exercises.
func (g *Grader) candidates(ctx context.Context, cands []Candidate) ([]entry, error) {
	if len(cands) == 0 {
		return nil, nil
	}
	prepared, release, err := g.Prepare(ctx, cands)
	if err != nil {
		return nil, err
	}
	defer release()
	all := make([]entry, len(prepared))
	group, ctx := errgroup.WithContext(ctx)
	for i, p := range prepared {
		group.Go(func() (err error) {
			all[i], err = g.checks(ctx, p)
			return err
		})
	}
	return all, group.Wait()
}

// checks runs all checks of one candidate.
func (g *Grader) checks(ctx context.Context, p *Prepared) (entry, error) {
	e := entry{Exercise: g.notRun(p.Exercise, p.Status, p.Problem)}
	e.Exercise.Advice = p.Advice
	if p.Status != results.StatusGraded {
		return e, nil
	}
	for i, c := range p.Exercise.Checks(g.Kit.Hidden) {
		found, err := g.Check(ctx, p, c, Options{})
		if err != nil {
			return e, err
		}
		e.Exercise.Checks[i] = found.Check
		e.Exercise.Score += found.Score
		for _, f := range found.Flags {
			if !slices.Contains(e.Flags, f) {
				e.Flags = append(e.Flags, f)
			}
		}
	}
	return e, nil
}

// notRun is the result of an exercise none of whose checks ran.
func (g *Grader) notRun(e *catalog.Exercise, status results.Status, problem *results.Problem) results.Exercise {
	r := results.Exercise{Name: e.Name, Status: status, Problem: problem, MaxScore: catalog.MaxScore}
	for _, c := range e.Checks(g.Kit.Hidden) {
		r.Checks = append(r.Checks, results.Check{
			Name: c.Name, Kind: c.Kind, Points: c.Points,
			Verdict: results.NotRun, Code: "not_run." + string(status),
		})
	}
	return r
}
