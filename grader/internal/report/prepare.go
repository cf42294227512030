package report

import (
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// prepare returns a copy of c for a reader of lang, in whose language its checks are
// already: what befell submissions and exercises is in that language too, and no text
// holds a control character, so that a format only has to escape what is special to
// itself. Problems and outputs keep their line breaks, everything else is one line.
func prepare(lang string, c results.Class) results.Class {
	for _, field := range []*string{&c.Kit.Version, &c.Kit.Go, &c.Kit.Sandbox, &c.Kit.Why} {
		*field = line(*field)
	}
	c.Submissions = mapped(c.Submissions, func(g results.Grade) results.Grade { return prepareGrade(lang, g) })
	return c
}

func mapped[T any](list []T, f func(T) T) []T {
	out := make([]T, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}

func prepareGrade(lang string, g results.Grade) results.Grade {
	g.ID, g.Source, g.Problem = line(g.ID), line(g.Source), block(message.Problem(lang, g.Problem))
	g.Flags = mapped(g.Flags, func(f string) string { return message.FlagIn(lang, line(f)) })
	g.Exercises = mapped(g.Exercises, func(e results.Exercise) results.Exercise { return prepareExercise(lang, e) })
	return g
}

func prepareExercise(lang string, e results.Exercise) results.Exercise {
	e.Name = line(e.Name)
	if e.Problem != nil {
		p := prepareProblem(lang, *e.Problem)
		e.Problem = &p
	}
	e.Advice = mapped(e.Advice, func(p results.Problem) results.Problem { return prepareProblem(lang, p) })
	e.Checks = mapped(e.Checks, prepareCheck)
	return e
}

func prepareProblem(lang string, p results.Problem) results.Problem {
	return results.Problem{File: line(p.File), Line: p.Line, Message: block(message.Problem(lang, p.Message))}
}

func prepareCheck(c results.Check) results.Check {
	for _, field := range []*string{&c.Name, &c.Title, &c.Kind, &c.Message, &c.File, &c.Hint} {
		*field = line(*field)
	}
	if c.Title == "" {
		c.Title = c.Name
	}
	c.Output = block(c.Output)
	c.Schedule = mapped(c.Schedule, func(s results.Step) results.Step {
		s.File, s.Op = line(s.File), line(s.Op)
		return s
	})
	return c
}
