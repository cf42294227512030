package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"gorutinas/grader/internal/results"
)

// What GitHub shows: so many annotations a level and step, so many characters
// of each.
const (
	annotationsShown  = 10
	longestAnnotation = 4096
)

// writeAnnotations writes GitHub Actions workflow commands that mark in the
// student's files what lost points. When there are more than GitHub shows, the
// last is a notice that counts the rest.
func writeAnnotations(o Options, w io.Writer, c results.Class) error {
	for _, banner := range o.banners(c) {
		if _, err := fmt.Fprintln(w, "::warning::"+commandData(banner)); err != nil {
			return err
		}
	}
	shown, left := 0, 0
	for _, g := range c.Submissions {
		for _, i := range items(o, g) {
			switch {
			case !i.Lost():
			case shown == annotationsShown:
				left++
			default:
				shown++
				if _, err := fmt.Fprintln(w, annotation(o, i)); err != nil {
					return err
				}
			}
		}
	}
	if left == 0 {
		return nil
	}
	_, err := fmt.Fprintf(w, "::notice::… %d %s\n", left, o.word("more"))
	return err
}

func annotation(o Options, i item) string {
	var properties []string
	add := func(name, value string) {
		if value != "" {
			properties = append(properties, name+"="+commandProperty(value))
		}
	}
	add("file", i.path())
	if i.File != "" && i.Line > 0 {
		add("line", fmt.Sprint(i.Line))
	}
	add("title", i.Label()+" ("+i.What+")")
	return "::error " + strings.Join(properties, ",") + "::" + commandData(text.Snip(i.feedback(o), longestAnnotation/4, "…"))
}

// commandData escapes the message of a workflow command.
func commandData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", "##[", "## [").Replace(s)
}

// commandProperty escapes a property's value of a workflow command.
func commandProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(commandData(s))
}
