package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"gorutinas/grader/internal/exam"
	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/results"
)

type verifyCmd struct {
	machineFlags
	Exercise []string `arg:"" optional:"" help:"Only these exercises."`
	Rounds   int      `help:"How often every check runs on every solution." default:"1" placeholder:"N"`
	Load     bool     `help:"Under busy loops on every core."`
	Resume   bool     `help:"Go on where earlier runs ended: their rounds count, if nothing but --rounds differs."`
	Plain    bool     `help:"Grade everything without rewriting it, too, and show what differs."`
	Matrix   string   `help:"Show which check catches which wrong solution: text or markdown." default:"none" enum:"none,text,markdown"`
}

// Run verifies, and exits with 1 when the kit has a defect. What could not be decided
// says nothing of the kit: that is an error.
func (c verifyCmd) Run(ctx context.Context, env Env, lang lang) error {
	if c.Rounds < 1 {
		return usagef("--rounds %d: every check runs at least once; give 1 or more", c.Rounds)
	}
	g, err := c.examiner(ctx, env, lang, c.Exercise)
	if err != nil {
		return err
	}
	defer g.Close()
	saved, err := cacheDir("verify")
	if err != nil && c.Resume {
		return err
	}
	r, err := c.verify(ctx, env, lang, g, saved)
	if err != nil {
		return err
	}
	if c.Matrix != "none" {
		writeMatrix(env.Stdout, r, c.Matrix)
	}
	if c.Plain {
		if err := c.compare(ctx, env, lang, g.Config, &r); err != nil {
			return err
		}
	}
	return conclude(env.Stdout, r)
}

// verify runs the exam with g, and saves it in the directory saved if there is one.
func (c verifyCmd) verify(ctx context.Context, env Env, lang lang, g *grading.Grader, saved string) (exam.Report, error) {
	p := newProgress(env, lang)
	defer p.End()
	return exam.Verify(ctx, g, g.Exercises, exam.Options{
		Saved: saved, Resume: c.Resume, Rounds: c.Rounds, Seed: c.Seed, Load: c.Load, Matrix: c.Matrix != "none", Start: p.Start,
		Finished: func(s exam.Solution) { p.step(s.String()) },
	})
}

// compare shows how the verdicts in r differ from those without rewriting. What
// rewriting hides is a defect.
func (c verifyCmd) compare(ctx context.Context, env Env, lang lang, cfg grading.Config, r *exam.Report) error {
	cfg.Plain = true
	g, err := c.grader(ctx, env, lang, false, cfg)
	if err != nil {
		return err
	}
	defer g.Close()
	plain, err := c.verify(ctx, env, lang, g, "")
	if err != nil {
		return err
	}
	for _, d := range exam.Differences(*r, plain) {
		fmt.Fprintln(env.Stdout, "differs:", d)
		if d.Why.IsDefect() {
			r.Defects = append(r.Defects, d.String())
		}
	}
	return nil
}

// examiner makes a grader for the kit's own exam, which needs the hidden tests.
func (f machineFlags) examiner(ctx context.Context, env Env, lang lang, names []string) (*grading.Grader, error) {
	kit, err := f.load()
	if err != nil {
		return nil, err
	}
	if !kit.Hidden {
		return nil, usagef("this kit has no hidden tests and no solutions to examine: use a clone of the whole kit")
	}
	exercises, err := kit.Select(names)
	if err != nil {
		return nil, usage(err)
	}
	return f.grader(ctx, env, lang, false, grading.Config{Kit: kit, Exercises: exercises})
}

func conclude(w io.Writer, r exam.Report) error {
	t := r.Tally()
	fmt.Fprintf(w, "exercises: %d, rounds: %d; right solutions: %d, wrong ones: %d, stubs: %d\n",
		len(r.Exercises), r.Rounds, t.Right, t.Wrong, t.Stubs)
	if r.Saved > 0 {
		fmt.Fprintf(w, "of these, as earlier runs found them, since nothing that decides has changed: %d\n", r.Saved)
	}
	for _, d := range r.Defects {
		fmt.Fprintln(w, "defect:", d)
	}
	switch n := len(r.Defects); {
	case n > 0:
		return below("%d defects", n)
	case r.Undecided > 0:
		return fmt.Errorf("this machine could not decide %d solutions: run the same command again when less is running beside it", r.Undecided)
	}
	fmt.Fprintf(w, "no right solution lost a point and no wrong one escaped; upper 95 %% bound of the failure rate of a solution: %.2g (%d rounds)\n",
		exam.UpperBound(r.Rounds), r.Rounds)
	return nil
}

// writeMatrix shows a table for each exercise: solutions down, checks across.
func writeMatrix(w io.Writer, r exam.Report, format string) {
	for _, e := range r.Exercises {
		t := table.NewWriter()
		t.SetTitle(e.Exercise.Name)
		head := table.Row{"solution"}
		for _, c := range e.Checks {
			head = append(head, strings.TrimPrefix(c.Name, "Test"))
		}
		t.AppendHeader(head)
		for _, row := range e.Rows {
			cells := table.Row{string(row.Solution.Kind) + "/" + row.Solution.Name}
			for _, v := range row.Verdicts {
				cells = append(cells, cell(v))
			}
			t.AppendRow(cells)
		}
		if format == "markdown" {
			fmt.Fprintf(w, "%s\n\n", t.RenderMarkdown())
			continue
		}
		t.SetStyle(table.StyleLight)
		fmt.Fprintf(w, "%s\n\n", t.Render())
	}
}

// cell shows the verdicts of one check on one solution: nothing for a pass, and
// how many rounds gave each where they differ.
func cell(verdicts map[results.Verdict]int) string {
	var parts []string
	for _, v := range results.Verdicts() {
		n, ok := verdicts[v]
		switch {
		case !ok:
		case len(verdicts) > 1:
			parts = append(parts, fmt.Sprintf("%s %d", v, n))
		case v != results.Pass:
			parts = append(parts, string(v))
		}
	}
	return strings.Join(parts, ", ")
}
