package report

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// checks adds the table of a submission's checks. An exercise that passes them
// all, or of which none ran, is one row.
func (t *textReport) checks(exercises []results.Exercise) {
	w := t.table("exercise", "check", "verdict", "points", "line")
	w.SetColumnConfigs([]table.ColumnConfig{
		{Number: 1, WidthMax: widestName, WidthMaxEnforcer: text.WrapText},
		{Number: 2, WidthMax: max(12, t.width()-t.besidesTitles(exercises)), WidthMaxEnforcer: text.WrapSoft},
		{Number: 4, Align: text.AlignRight, AlignHeader: text.AlignRight},
		{Number: 5, WidthMax: widestPlace, WidthMaxEnforcer: text.WrapText},
	})
	for _, e := range exercises {
		t.rows(w, e)
	}
	t.add(w)
}

// What names and places may take of a line; longer ones wrap.
const (
	widestName  = 18
	widestPlace = 26
)

// besidesTitles is the width of a table of checks without its titles.
func (t *textReport) besidesTitles(exercises []results.Exercise) int {
	const gaps, points = 5 * 3, 6
	name, verdict, at := len(t.word("exercise")), len(t.word("verdict")), text.StringWidth(t.word("line"))
	for _, e := range exercises {
		name = max(name, text.StringWidth(e.Name))
		if e.Status != results.StatusGraded {
			verdict = max(verdict, text.StringWidth(message.Status(t.Lang, string(e.Status))))
			at = max(at, text.StringWidth(problemPlace(e)))
		}
		for _, c := range e.Checks {
			verdict = max(verdict, text.StringWidth(message.Verdict(t.Lang, string(c.Verdict))))
			at = max(at, text.StringWidth(place(c.File, c.Line)))
		}
	}
	return gaps + points + min(name, widestName) + verdict + min(at, widestPlace)
}

func (t *textReport) rows(w table.Writer, e results.Exercise) {
	points := fmt.Sprintf("%d/%d", e.Score, e.MaxScore)
	switch {
	case e.Status != results.StatusGraded:
		w.AppendRow(table.Row{e.Name, "", t.status(e.Status), points, problemPlace(e)})
	case passesAll(e):
		w.AppendRow(table.Row{e.Name, "", t.verdict(results.Pass), points, ""})
	default:
		name := e.Name
		for _, c := range e.Checks {
			points := fmt.Sprintf("%d/%d", c.Score, c.Points)
			w.AppendRow(table.Row{name, c.Title, t.verdict(c.Verdict), points, place(c.File, c.Line)})
			name = ""
		}
	}
}

func problemPlace(e results.Exercise) string {
	if e.Problem == nil {
		return ""
	}
	return place(e.Problem.File, e.Problem.Line)
}

// class adds the table of all submissions.
func (t *textReport) class(c results.Class) {
	w := t.table("submission", "score", "verdict", "flags")
	quarter := max(14, t.width()/4)
	w.SetColumnConfigs([]table.ColumnConfig{
		{Number: 1, WidthMax: quarter, WidthMaxEnforcer: text.WrapText},
		{Number: 2, Align: text.AlignRight, AlignHeader: text.AlignRight},
		{Number: 3, WidthMax: quarter, WidthMaxEnforcer: text.WrapSoft},
		{Number: 4, WidthMax: max(14, t.width()-2*quarter-19), WidthMaxEnforcer: text.WrapSoft},
	})
	for _, g := range c.Submissions {
		w.AppendRow(table.Row{g.ID, fmt.Sprintf("%d/%d", g.Score, g.MaxScore), t.summary(g), remarks(g)})
	}
	fmt.Fprintf(t, "\n%s: %d", t.paint(bold, t.word("class")), len(c.Submissions))
	if average, of, ok := mean(c.Submissions); ok {
		fmt.Fprintf(t, "   %s: %.1f/%d", t.word("average"), average, of)
	}
	t.WriteString("\n")
	t.add(w)
}

// summary is the colour and the words of g's result.
func (t *textReport) summary(g results.Grade) string {
	color := yellow
	switch {
	case g.Status == results.StatusError:
		color = red
	case len(tally(t.Options, g)) == 0:
		color = green
	}
	return t.paint(color, summary(t.Options, g))
}

// table returns an empty table with the words of keys as its head.
func (t *textReport) table(keys ...string) table.Writer {
	w := table.NewWriter()
	w.SetStyle(table.StyleLight)
	w.Style().Options = table.Options{SeparateHeader: true}
	w.Style().Box.PaddingLeft = ""
	w.Style().Box.PaddingRight = "   "
	w.Style().Format.Header = text.FormatDefault
	var head table.Row
	for _, k := range keys {
		head = append(head, t.word(k))
	}
	w.AppendHeader(head)
	return w
}

func (t *textReport) add(w table.Writer) {
	if w.Length() == 0 {
		return
	}
	t.WriteString("\n")
	for l := range strings.Lines(w.Render()) {
		t.WriteString(strings.TrimRight(l, " \n") + "\n")
	}
}

func (t *textReport) verdict(v results.Verdict) string {
	color := red
	switch v {
	case results.Pass:
		color = green
	case results.NotRun, results.Infra:
		color = yellow
	}
	return t.paint(color, message.Verdict(t.Lang, string(v)))
}

func (t *textReport) status(s results.Status) string {
	color := red
	if s == results.StatusUnchanged || s == results.StatusMissing {
		color = yellow
	}
	return t.paint(color, message.Status(t.Lang, string(s)))
}
