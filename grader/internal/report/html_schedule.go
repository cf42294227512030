package report

import (
	"slices"

	"gorutinas/grader/internal/results"
)

// htmlSchedule is a schedule as a table: a column a goroutine, a row a step.
type htmlSchedule struct {
	Heads []string
	Rows  [][]string // all cells but one are empty
	Left  int        // steps that are not shown
}

func newHTMLSchedule(o Options, steps []results.Step) htmlSchedule {
	shown := steps[:min(len(steps), longestSchedule)]
	s := htmlSchedule{Left: len(steps) - len(shown)}
	numbers := goroutines(shown)
	for _, n := range numbers {
		s.Heads = append(s.Heads, o.goroutine(n))
	}
	for _, step := range shown {
		row := make([]string, len(numbers))
		row[slices.Index(numbers, step.Goroutine)] = act(step)
		s.Rows = append(s.Rows, row)
	}
	return s
}
