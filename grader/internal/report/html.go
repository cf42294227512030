package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

//go:embed report.html.tmpl
var htmlSource string

// htmlReport is what the template shows.
type htmlReport struct {
	Lang    string
	Class   results.Class
	Alone   string // the only submission's id; "" for a class
	Average string
	Rows    []htmlRow
	Filters []htmlFilter
}

// htmlRow is one submission.
type htmlRow struct {
	results.Grade
	Anchor  string   // unique on the page; an id is not
	Groups  []string // the filters that keep it
	Summary string
	Remarks string
	Percent int
	Items   []item
}

// htmlFilter shows the rows of one group.
type htmlFilter struct {
	Group, Label string
	Count        int
}

// writeHTML writes one page that needs nothing else: no script, no other file.
// The rows of the class are filtered by style sheet alone.
func writeHTML(o Options, w io.Writer, c results.Class) error {
	page, err := template.New("report").Funcs(htmlFuncs(o)).Parse(htmlSource)
	if err != nil {
		return err
	}
	r := htmlReport{Lang: "en", Class: c}
	if o.Lang == message.Spanish {
		r.Lang = message.Spanish
	}
	for i, g := range c.Submissions {
		r.Rows = append(r.Rows, htmlSubmission(o, i, g))
	}
	if len(r.Rows) == 1 {
		r.Alone = r.Rows[0].ID
	}
	r.Filters = filters(o, r.Rows)
	if average, of, ok := mean(c.Submissions); ok {
		r.Average = fmt.Sprintf("%.1f/%d", average, of)
	}
	return page.Execute(w, r)
}

func htmlFuncs(o Options) template.FuncMap {
	return template.FuncMap{
		"word":       o.word,
		"banners":    o.banners,
		"provenance": o.provenance,
		"problem":    problemText,
		"schedule":   func(steps []results.Step) htmlSchedule { return newHTMLSchedule(o, steps) },
		"mark":       func(i item) string { return [...]string{"pass", "fail", "skip", "again"}[i.Outcome] },
	}
}

func htmlSubmission(o Options, n int, g results.Grade) htmlRow {
	r := htmlRow{
		Grade: g, Anchor: fmt.Sprintf("s%d", n+1), Summary: summary(o, g), Remarks: remarks(g), Items: items(o, g),
	}
	if g.MaxScore > 0 {
		r.Percent = min(100, max(0, 100*g.Score/g.MaxScore))
	}
	r.Groups = groups(g, r.Items)
	return r
}

// groups are the filters under which g is found.
func groups(g results.Grade, all []item) []string {
	list := []string{"all"}
	switch {
	case g.Status == results.StatusError:
		list = append(list, "ungraded")
	case g.Score == g.MaxScore:
		list = append(list, "full")
	default:
		list = append(list, "lost")
	}
	if len(g.Flags) > 0 {
		list = append(list, "flagged")
	}
	for _, i := range all {
		if i.Outcome == errored && g.Status == results.StatusGraded {
			return append(list, "again")
		}
	}
	return list
}

// filters are the groups that hold a row.
func filters(o Options, rows []htmlRow) []htmlFilter {
	var list []htmlFilter
	for _, group := range []string{"all", "full", "lost", "flagged", "again", "ungraded"} {
		f := htmlFilter{Group: group, Label: o.word(group)}
		for _, r := range rows {
			if slices.Contains(r.Groups, group) {
				f.Count++
			}
		}
		if f.Count > 0 || group == "all" {
			list = append(list, f)
		}
	}
	return list
}
