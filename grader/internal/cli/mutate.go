package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/jedib0t/go-pretty/v6/table"

	"gorutinas/grader/internal/exam"
)

type mutateCmd struct {
	machineFlags
	Recheck  bool     `help:"Also grade the mutants listed as equivalent, and name those that a check notices."`
	Exercise []string `arg:"" optional:"" help:"Only these exercises."`
}

// Run mutates, and exits with 1 when a mutant survives that is not listed as
// equivalent, or the list names one that is none or, on a recheck, does not survive.
// Mutants that could not be decided say nothing of the kit: that is an error.
func (c mutateCmd) Run(ctx context.Context, env Env, lang lang) error {
	g, err := c.examiner(ctx, env, lang, c.Exercise)
	if err != nil {
		return err
	}
	defer g.Close()
	known, err := exam.ReadEquivalents(g.Kit.Dir, g.Exercises)
	if err != nil {
		return usage(err)
	}
	p := newProgress(env, lang)
	all, err := exam.Mutate(ctx, g, g.Exercises, known, exam.MutationOptions{Recheck: c.Recheck, Start: p.Start, Finished: p.step})
	p.End()
	if err != nil {
		return err
	}
	sum := writeMutations(env.Stdout, all)
	switch {
	case sum.Undecided > 0:
		return fmt.Errorf("this machine could not decide %d mutants: run the same command again when less is running beside it", sum.Undecided)
	case len(sum.Survivors) > 0:
		return below("survivors: %d; each needs a check, or a line with the reason in solutions/NAME/testdata/equivalent.txt", len(sum.Survivors))
	case len(sum.Unused) > 0:
		return below("lines of equivalent.txt that name no survivor: %d; remove them", len(sum.Unused))
	}
	return nil
}

// writeMutations shows a row for each exercise and what is wrong with any, and returns
// them all together.
func writeMutations(w io.Writer, all []exam.Mutation) (sum exam.Mutation) {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"exercise", "mutants", "killed", "equivalent", "survived", "score"})
	for _, m := range all {
		t.AppendRow(mutationRow(m.Exercise.Name, m))
		sum.Killed += m.Killed
		sum.Equivalent += m.Equivalent
		sum.Undecided += m.Undecided
		sum.Survivors = append(sum.Survivors, m.Survivors...)
		sum.Unused = append(sum.Unused, m.Unused...)
	}
	t.AppendFooter(mutationRow("all", sum))
	fmt.Fprintln(w, t.Render())
	for _, s := range sum.Survivors {
		fmt.Fprintln(w, "survived:", s)
	}
	for _, line := range sum.Unused {
		fmt.Fprintln(w, "listed as equivalent, but no survivor:", line)
	}
	return sum
}

func mutationRow(name string, m exam.Mutation) table.Row {
	relevant := m.Killed + len(m.Survivors) + m.Undecided
	score := "-"
	if relevant > 0 {
		score = fmt.Sprintf("%d %%", 100*m.Killed/relevant) // 100 only for all of them
	}
	return table.Row{name, relevant + m.Equivalent, m.Killed, m.Equivalent, len(m.Survivors), score}
}
