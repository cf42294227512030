package report

import (
	"encoding/csv"
	"io"
	"regexp"
	"strconv"
	"strings"

	"gorutinas/grader/internal/results"
)

// writeCSV writes a grade book: a row a submission, a column an exercise. The
// columns' names are the same in every language, since programs read them.
func writeCSV(_ Options, w io.Writer, c results.Class) error {
	exercises := exerciseNames(c)
	out := csv.NewWriter(w)
	head := append([]string{"id", "status", "score", "max_score"}, exercises...)
	rows := [][]string{append(head, "flags", "problem", "sandbox", "undecided")}
	for _, g := range c.Submissions {
		rows = append(rows, append(csvRow(g, exercises), c.Kit.Sandbox, strconv.Itoa(g.Undecided())))
	}
	for _, row := range rows {
		for i := range row {
			row[i] = noFormula(row[i])
		}
	}
	return out.WriteAll(rows)
}

// exerciseNames returns the exercises of all submissions in order of appearance.
func exerciseNames(c results.Class) []string {
	var names []string
	seen := map[string]bool{}
	for _, g := range c.Submissions {
		for _, e := range g.Exercises {
			if !seen[e.Name] {
				seen[e.Name] = true
				names = append(names, e.Name)
			}
		}
	}
	return names
}

func csvRow(g results.Grade, exercises []string) []string {
	scores := map[string]string{}
	for _, e := range g.Exercises {
		scores[e.Name] = strconv.Itoa(e.Score)
	}
	row := []string{g.ID, string(g.Status), strconv.Itoa(g.Score), strconv.Itoa(g.MaxScore)}
	for _, name := range exercises {
		row = append(row, scores[name])
	}
	return append(row, strings.Join(g.Flags, "; "), strings.ReplaceAll(g.Problem, "\n", " "))
}

// formula is what a cell begins with that a spreadsheet computes, in ASCII or full
// width: at its beginning, or behind what separates cells elsewhere, such as the
// semicolon in Spanish.
var formula = regexp.MustCompile("(^|[;\t])([ '\"]*[=+\\-@|%＝＋－＠])")

// noFormula returns cell such that no spreadsheet computes it or a part of it: an
// apostrophe stands in front of what begins like a formula.
func noFormula(cell string) string { return formula.ReplaceAllString(cell, "$1'$2") }
