package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"gorutinas/grader/internal/results"
)

// longestSchedule is how many steps a report shows: the explorer looks for
// short ones, and beyond this nobody follows.
const longestSchedule = 60

// schedule returns steps side by side, a column for each goroutine, as lines of
// at most width characters. Where the columns do not fit, each line names its
// goroutine instead.
func (o Options) schedule(steps []results.Step, width int) []string {
	if len(steps) == 0 {
		return nil
	}
	shown := steps[:min(len(steps), longestSchedule)]
	lines := o.columns(shown, width)
	if lines == nil {
		lines = o.list(shown)
	}
	if left := len(steps) - len(shown); left > 0 {
		lines = append(lines, fmt.Sprintf("… %d %s", left, o.word("steps")))
	}
	return lines
}

// columns returns nil when width is too small for them.
func (o Options) columns(steps []results.Step, width int) []string {
	numbers := goroutines(steps)
	cell := 0
	for _, n := range numbers {
		cell = max(cell, text.StringWidth(o.goroutine(n)))
	}
	for _, s := range steps {
		cell = max(cell, text.StringWidth(act(s)))
	}
	cell += 3
	if cell*len(numbers) > width {
		return nil
	}
	var head strings.Builder
	for _, n := range numbers {
		head.WriteString(text.Pad(o.goroutine(n), cell, ' '))
	}
	lines := []string{strings.TrimRight(head.String(), " ")}
	for _, s := range steps {
		column := slices.Index(numbers, s.Goroutine)
		lines = append(lines, strings.Repeat(" ", cell*column)+act(s))
	}
	return lines
}

func (o Options) list(steps []results.Step) []string {
	var lines []string
	for _, s := range steps {
		lines = append(lines, o.goroutine(s.Goroutine)+": "+act(s))
	}
	return lines
}

// goroutines returns the numbers that occur, in order; the test's, 0, comes last.
func goroutines(steps []results.Step) []int {
	var numbers []int
	for _, s := range steps {
		numbers = append(numbers, s.Goroutine)
	}
	slices.Sort(numbers)
	numbers = slices.Compact(numbers)
	if i := slices.Index(numbers, 0); i >= 0 {
		numbers = append(slices.Delete(numbers, i, i+1), 0)
	}
	return numbers
}

func (o Options) goroutine(n int) string {
	if n == 0 {
		return o.word("test")
	}
	return fmt.Sprintf("%s %d", o.word("goroutine"), n)
}

func act(s results.Step) string {
	return strings.TrimLeft(place(s.File, s.Line)+" "+s.Op, " ")
}
