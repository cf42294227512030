package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// Terminal colours, as SGR parameters.
const (
	bold   = "1"
	faint  = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
)

// writeText writes what a person reads in a terminal: for each submission a
// table of its checks and what to do about those that were lost, then a table
// of the class.
func writeText(o Options, w io.Writer, c results.Class) error {
	t := &textReport{Options: o}
	for _, banner := range o.banners(c) {
		t.paragraph("", t.paint(yellow, "! "+banner))
	}
	for _, g := range c.Submissions {
		t.submission(g)
	}
	if len(c.Submissions) != 1 {
		t.class(c)
	}
	fmt.Fprintf(t, "\n%s\n", t.paint(faint, t.provenance(c.Kit)))
	_, err := io.WriteString(w, defuse(t.String()))
	return err
}

// textReport is a text as it grows.
type textReport struct {
	Options
	strings.Builder
}

func (t *textReport) paint(color, s string) string {
	if !t.Color || s == "" {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

// paragraph adds s, wrapped, each line behind indent.
func (t *textReport) paragraph(indent, s string) {
	for l := range strings.Lines(text.WrapSoft(s, t.width()-len(indent))) {
		t.WriteString(strings.TrimRight(indent+l, " \n") + "\n")
	}
}

// lines adds lines as they are, cut to the width, each behind indent.
func (t *textReport) lines(indent string, lines []string) {
	for _, l := range lines {
		l = text.Snip(l, t.width()-text.StringWidthWithoutEscSequences(indent), "…")
		t.WriteString(strings.TrimRight(indent+l, " ") + "\n")
	}
}

// submission adds everything that g's author needs to know.
func (t *textReport) submission(g results.Grade) {
	score := fmt.Sprintf("%d/%d", g.Score, g.MaxScore)
	rule := strings.Repeat("─", max(2, t.width()-text.StringWidthWithoutEscSequences(g.ID)-len(score)-2))
	fmt.Fprintf(t, "\n%s %s %s\n", t.paint(bold, g.ID), t.paint(faint, rule), t.paint(bold, score))
	for _, f := range g.Flags {
		t.paragraph("", t.paint(yellow, "! "+t.word("flags")+": "+f))
	}
	if g.Status == results.StatusError {
		t.paragraph("", t.paint(red, message.Status(t.Lang, string(g.Status)))+": "+g.Problem)
		return
	}
	handedIn, absent := t.split(g.Exercises)
	if len(handedIn) > 0 {
		t.checks(handedIn)
	}
	for _, e := range handedIn {
		t.exercise(e)
	}
	if len(absent) > 0 {
		t.WriteString("\n")
		t.paragraph("", message.Status(t.Lang, string(results.StatusMissing))+": "+strings.Join(absent, ", "))
	}
}

// split takes out the exercises of which there is nothing to say but that they
// were not handed in: in a course they are most.
func (t *textReport) split(all []results.Exercise) (handedIn []results.Exercise, absent []string) {
	for _, e := range all {
		if e.Status == results.StatusMissing && !misplaced(t.Options, e) {
			absent = append(absent, e.Name)
		} else {
			handedIn = append(handedIn, e)
		}
	}
	return handedIn, absent
}

// exercise adds why e lost points, and the advice on it.
func (t *textReport) exercise(e results.Exercise) {
	if e.Status != results.StatusGraded {
		t.problem(e)
		return
	}
	for _, c := range e.Checks {
		if lost(c) {
			t.check(e, c)
		}
	}
	if len(e.Advice) > 0 {
		t.heading(e.Name, "", t.word("advice"))
	}
	for _, a := range e.Advice {
		t.paragraph("  ", problemText(a))
	}
}

func (t *textReport) problem(e results.Exercise) {
	if e.Problem == nil || e.Status == results.StatusUnchanged {
		return
	}
	t.heading(e.Name, "", message.Status(t.Lang, string(e.Status)))
	for l := range strings.Lines(problemText(*e.Problem)) {
		t.paragraph("  ", strings.TrimSuffix(l, "\n"))
	}
}

func (t *textReport) check(e results.Exercise, c results.Check) {
	t.heading(e.Name, c.Title, message.Verdict(t.Lang, string(c.Verdict)))
	t.paragraph("  ", c.Message)
	if c.Hint != "" {
		t.paragraph("  ", t.word("hint")+": "+c.Hint)
	}
	if len(c.Schedule) > 0 {
		t.WriteString("\n")
		t.lines("    ", t.schedule(c.Schedule, t.width()-4))
	}
	if c.Output != "" {
		fmt.Fprintf(t, "\n  %s:\n", t.word("output"))
		t.lines("  "+t.paint(faint, "|")+" ", firstLines(t.Options, c.Output, 20))
	}
}

func (t *textReport) heading(exercise, title, why string) {
	if title != "" {
		exercise += ": " + title
	}
	t.WriteString("\n")
	t.paragraph("", t.paint(bold, exercise)+" ("+t.paint(red, why)+")")
}

// firstLines returns at most n lines of s and says how many are left.
func firstLines(o Options, s string, n int) []string {
	lines := strings.Split(s, "\n")
	if left := len(lines) - n; left > 0 {
		lines = append(lines[:n:n], fmt.Sprintf("… %d %s", left, o.word("more")))
	}
	return lines
}
