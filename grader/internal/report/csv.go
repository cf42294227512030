package report

import (
	"encoding/csv"
	"io"
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
	rows := [][]string{append(head, "flags", "problem", "sandbox")}
	for _, g := range c.Submissions {
		rows = append(rows, append(csvRow(g, exercises), c.Kit.Sandbox))
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

// noFormula returns cell such that no spreadsheet computes it: what begins like
// a formula, in ASCII or full width, gets an apostrophe in front.
func noFormula(cell string) string {
	if strings.IndexAny(strings.TrimLeft(cell, " '\""), "=+-@|%＝＋－＠") == 0 {
		return "'" + cell
	}
	return cell
}
