package report

import (
	"fmt"
	"html"
	"io"
	"strings"

	"gorutinas/grader/internal/results"
)

// markdownLimit keeps a report below the 1 MiB that GitHub takes as the job
// summary of one step.
const markdownLimit = 1<<20 - 4096

// writeMarkdown writes GitHub's Markdown: a table of the class where there is
// more than one submission, then each of them. What does not fit is left out,
// and the report says so.
func writeMarkdown(o Options, w io.Writer, c results.Class) error {
	m := &markdown{Options: o, left: markdownLimit}
	for _, banner := range o.banners(c) {
		m.add("> **" + escape(banner) + "**\n\n")
	}
	alone := len(c.Submissions) == 1
	if !alone {
		m.class(c)
	}
	for _, g := range c.Submissions {
		m.add(m.submission(g, alone))
	}
	if m.full {
		m.text.WriteString("\n" + escape(o.word("cut")) + "\n")
	}
	m.text.WriteString("\n" + escape(o.provenance(c.Kit)) + "\n")
	_, err := io.WriteString(w, m.text.String())
	return err
}

// markdown is a report as it grows, piece by piece, until one does not fit.
type markdown struct {
	Options
	text strings.Builder
	left int
	full bool
}

func (m *markdown) add(piece string) {
	if m.full = m.full || len(piece) > m.left; m.full {
		return
	}
	m.left -= len(piece)
	m.text.WriteString(piece)
}

func (m *markdown) head(keys ...string) string {
	var words []string
	for _, k := range keys {
		words = append(words, m.word(k))
	}
	return "| " + strings.Join(words, " | ") + " |\n|" + strings.Repeat(" --- |", len(keys)) + "\n"
}

func row(cells ...string) string {
	for i, c := range cells {
		cells[i] = escape(strings.ReplaceAll(c, "\n", " "))
	}
	return "| " + strings.Join(cells, " | ") + " |\n"
}

func (m *markdown) class(c results.Class) {
	m.add(fmt.Sprintf("## %s: %d\n\n", m.word("class"), len(c.Submissions)))
	if average, of, ok := mean(c.Submissions); ok {
		m.add(fmt.Sprintf("%s: %.1f/%d\n\n", m.word("average"), average, of))
	}
	m.add(m.head("submission", "score", "verdict", "flags"))
	for _, g := range c.Submissions {
		m.add(row(g.ID, fmt.Sprintf("%d/%d", g.Score, g.MaxScore), summary(m.Options, g), remarks(g)))
	}
	m.add("\n")
}

// submission returns all of g, folded unless it stands alone.
func (m *markdown) submission(g results.Grade, alone bool) string {
	title := fmt.Sprintf("%s %d/%d", escape(g.ID), g.Score, g.MaxScore)
	if alone {
		return "## " + title + "\n\n" + m.body(g)
	}
	return "<details><summary>" + html.EscapeString(fmt.Sprintf("%s %d/%d", g.ID, g.Score, g.MaxScore)) + "</summary>\n\n" + m.body(g) + "\n</details>\n\n"
}

func (m *markdown) body(g results.Grade) string {
	var b strings.Builder
	for _, f := range g.Flags {
		fmt.Fprintf(&b, "> %s: %s\n\n", m.word("flags"), escape(f))
	}
	all := items(m.Options, g)
	if g.Status != results.StatusError {
		b.WriteString(m.head("exercise", "check", "verdict", "points", "line"))
		for _, i := range all {
			b.WriteString(row(i.Exercise, i.Title, mark(i.Outcome)+" "+i.What, fmt.Sprintf("%d/%d", i.Score, i.Max), i.Place()))
		}
	}
	for _, i := range all {
		if i.Lost() {
			b.WriteString(m.item(i))
		}
	}
	for _, e := range g.Exercises {
		for _, a := range e.Advice {
			fmt.Fprintf(&b, "\n> %s, %s: %s\n", escape(e.Name), m.word("advice"), escape(problemText(a)))
		}
	}
	return b.String()
}

func mark(o outcome) string { return [...]string{"✅", "❌", "⬜", "⚠️"}[o] }

func (m *markdown) item(i item) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n#### %s (%s)\n\n%s\n", escape(i.Label()), escape(i.What), escape(i.Message))
	if i.Hint != "" {
		fmt.Fprintf(&b, "\n> %s: %s\n", m.word("hint"), escape(i.Hint))
	}
	if len(i.Schedule) > 0 {
		b.WriteString("\n" + fenced(strings.Join(m.schedule(i.Schedule, 160), "\n")))
	}
	if i.Output != "" {
		fmt.Fprintf(&b, "\n%s:\n\n%s", m.word("output"), fenced(strings.Join(firstLines(m.Options, i.Output, 20), "\n")))
	}
	return b.String()
}
