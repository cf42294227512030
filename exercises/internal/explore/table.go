package explore

import (
	"fmt"
	"slices"
	"strings"

	"gorutinas/exercises/internal/probe"
)

// render shows steps side by side, a column for each goroutine.
func render(steps []probe.Step) string {
	if len(steps) == 0 {
		return ""
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
	var text strings.Builder
	text.WriteString(trimmedLine(&b))
	for i, s := range steps {
		fmt.Fprintf(&b, "%*s%s", 1+slices.Index(columns, s.Goroutine)*(width+1), "", cells[i])
		text.WriteString(trimmedLine(&b))
	}
	return text.String()
}

func title(goroutine int) string {
	if goroutine == 0 {
		return "the test"
	}
	return fmt.Sprintf("goroutine %d", goroutine)
}

// goroutinesOf returns the numbers that occur, in order; the test's, 0, comes last.
func goroutinesOf(steps []probe.Step) (numbers []int) {
	for _, s := range steps {
		if !slices.Contains(numbers, s.Goroutine) {
			numbers = append(numbers, s.Goroutine)
		}
	}
	slices.Sort(numbers)
	if i := slices.Index(numbers, 0); i >= 0 {
		numbers = append(slices.Delete(numbers, i, i+1), 0)
	}
	return numbers
}

func trimmedLine(b *strings.Builder) string {
	line := strings.TrimRight(b.String(), " ") + "\n"
	b.Reset()
	return line
}
