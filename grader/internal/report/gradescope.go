package report

import (
	"encoding/json"
	"io"
	"strings"

	"gorutinas/grader/internal/results"
)

type gradescopeResults struct {
	Score      int              `json:"score"`
	Time       float64          `json:"execution_time"` // seconds
	Output     string           `json:"output,omitempty"`
	Format     string           `json:"output_format"`
	Visibility string           `json:"visibility"`
	Stdout     string           `json:"stdout_visibility"`
	Extra      gradescopeExtra  `json:"extra_data"`
	Tests      []gradescopeTest `json:"tests"`
}

// gradescopeExtra is kept by Gradescope and shown to nobody.
type gradescopeExtra struct {
	Kit   results.Provenance `json:"kit"`
	Flags []string           `json:"flags,omitempty"`
}

type gradescopeTest struct {
	Score      int      `json:"score"`
	Max        int      `json:"max_score"`
	Status     string   `json:"status"`
	Name       string   `json:"name"`
	Output     string   `json:"output,omitempty"`
	Format     string   `json:"output_format"`
	Tags       []string `json:"tags"`
	Visibility string   `json:"visibility"` // always visible: a hidden test would hide the total
}

// writeGradescope writes Gradescope's results.json for one submission.
func writeGradescope(o Options, w io.Writer, c results.Class) error {
	g := c.Submissions[0]
	r := gradescopeResults{
		Score: g.Score, Time: float64(c.ElapsedMS) / 1000, Output: strings.Join(o.banners(c), "\n"),
		Format: "text", Visibility: "visible", Stdout: "hidden",
		Extra: gradescopeExtra{Kit: c.Kit, Flags: g.Flags}, Tests: []gradescopeTest{},
	}
	for _, i := range items(o, g) {
		r.Tests = append(r.Tests, gradescope(o, i))
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

func gradescope(o Options, i item) gradescopeTest {
	t := gradescopeTest{
		Score: i.Score, Max: i.Max, Status: "failed", Name: i.Label(), Format: "text",
		Tags: []string{i.What}, Visibility: "visible", Output: i.feedback(o),
	}
	if i.Outcome == passed {
		t.Status = "passed"
	}
	if i.Output != "" {
		t.Output = strings.TrimLeft(t.Output+"\n\n"+o.word("output")+":\n"+i.Output, "\n")
	}
	return t
}
