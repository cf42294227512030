package report

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"gorutinas/grader/internal/results"
)

type classroom50Result struct {
	Schema     string            `json:"schema"`
	Classroom  string            `json:"classroom"`
	Assignment string            `json:"assignment"`
	Type       string            `json:"assignment_type"`
	Owner      string            `json:"owner"`
	Submission string            `json:"submission"`
	Commit     string            `json:"commit"`
	Release    string            `json:"release"`
	Review     string            `json:"review"`
	Date       string            `json:"datetime"`
	GradedAt   string            `json:"graded_at"`
	Score      int               `json:"score"`
	Max        int               `json:"max-score"`
	Tests      []classroom50Test `json:"tests"`
}

type classroom50Test struct {
	Name    string `json:"test-name"`
	Passed  bool   `json:"passed"`
	Score   int    `json:"score"`
	Max     int    `json:"max-score"`
	Message string `json:"message,omitempty"`
	Output  string `json:"output,omitempty"`
}

// writeClassroom50 writes the result.json that Classroom 50's runner picks up.
// What it says of the assignment comes from the runner's environment; owner and
// type are place holders that the runner overwrites.
func writeClassroom50(o Options, w io.Writer, c results.Class) error {
	g := c.Submissions[0]
	r := classroom50Result{
		Schema: "classroom50/result/v1", Type: "individual", Score: g.Score, Max: g.MaxScore,
		Date: c.Started.UTC().Format(time.RFC3339), Tests: []classroom50Test{},
	}
	r.GradedAt = c.Started.Add(time.Duration(c.ElapsedMS) * time.Millisecond).UTC().Format(time.RFC3339)
	if err := r.place(o); err != nil {
		return err
	}
	for _, i := range alone(o, c) {
		r.Tests = append(r.Tests, classroom50Test{
			Name: i.Label(), Passed: i.Outcome == passed, Score: i.Score, Max: i.Max,
			Message: i.feedback(o), Output: i.Output,
		})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(r)
}

// place fills in where r belongs, from the environment.
func (r *classroom50Result) place(o Options) error {
	for name, field := range map[string]*string{
		"CLASSROOM": &r.Classroom, "ASSIGNMENT": &r.Assignment, "SUBMISSION_TAG": &r.Submission,
		"COMMIT_URL": &r.Commit, "RELEASE_URL": &r.Release, "REVIEW_URL": &r.Review,
	} {
		if *field = o.getenv(name); *field == "" {
			return fmt.Errorf("%s is not set in the environment; run this inside Classroom 50's runner", name)
		}
	}
	if !strings.HasPrefix(r.Submission, "submit/") {
		return fmt.Errorf("SUBMISSION_TAG is %q and does not begin with submit/; run this inside Classroom 50's runner", r.Submission)
	}
	r.Owner = owner(r.Commit)
	return nil
}

// owner is the first part of a GitHub URL's path.
func owner(commit string) string {
	u, err := url.Parse(commit)
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	if first == "" {
		return "unknown"
	}
	return first
}
