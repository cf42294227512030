package report

import (
	"fmt"
	"io"
	"strings"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// WriteChanges writes what a regrade changed as a table for a terminal.
func WriteChanges(o Options, w io.Writer, changes []results.Change) error {
	t := &textReport{Options: o}
	if len(changes) == 0 {
		t.paragraph("", o.word("nothing"))
	} else {
		t.changes(changes)
	}
	_, err := io.WriteString(w, defuse(t.String()))
	return err
}

func (t *textReport) changes(changes []results.Change) {
	table := t.table("submission", "exercise", "check", "before", "after")
	for _, c := range changes {
		after := t.paint(changeColor(c), t.outcome(c, c.After, "removed"))
		table.AppendRow([]any{line(c.Submission), line(c.Exercise), line(c.Check), t.outcome(c, c.Before, ""), after})
	}
	t.add(table)
}

func changeColor(c results.Change) string {
	switch {
	case c.After.Score > c.Before.Score:
		return green
	case c.After.Score < c.Before.Score:
		return red
	}
	return yellow
}

// outcome names one side of c, or absent where that side has nothing.
func (t *textReport) outcome(c results.Change, side results.Outcome, absent string) string {
	if side.What == "" {
		return t.word(absent)
	}
	name := message.Status
	if c.Check != "" {
		name = message.Verdict
	}
	return fmt.Sprintf("%s %d/%d", strings.TrimSpace(name(t.Lang, side.What)), side.Score, side.Max)
}
