package explore

import (
	"fmt"
	"slices"
	"strings"

	"gorutinas/exercises/internal/probe"
)

// render shows steps side by side, a column for each goroutine. Goroutine number
// test is the test's own.
func render(steps []probe.Step, test int) string {
	title := func(goroutine int) string {
		if goroutine == test {
			return "the test"
		}
		return fmt.Sprintf("goroutine %d", goroutine)
	}
	columns := goroutinesOf(steps)
	width := 0
	cells := make([]string, len(steps))
	for i, s := range steps {
		cells[i] = fmt.Sprintf("%s:%d %s", s.File, s.Line, s.Op)
		width = max(width, len(cells[i]), len(title(s.Goroutine)))
	}
	var b strings.Builder
	for _, g := range columns {
		fmt.Fprintf(&b, " %-*s", width, title(g))
	}
	text := trimmedLine(&b)
	for i, s := range steps {
		fmt.Fprintf(&b, "%*s%s", 1+slices.Index(columns, s.Goroutine)*(width+1), "", cells[i])
		text += trimmedLine(&b)
	}
	if len(steps) == 0 {
		return ""
	}
	return text
}

// goroutinesOf returns the numbers that occur, in order.
func goroutinesOf(steps []probe.Step) (numbers []int) {
	for _, s := range steps {
		if !slices.Contains(numbers, s.Goroutine) {
			numbers = append(numbers, s.Goroutine)
		}
	}
	slices.Sort(numbers)
	return numbers
}

func trimmedLine(b *strings.Builder) string {
	line := strings.TrimRight(b.String(), " ") + "\n"
	b.Reset()
	return line
}
