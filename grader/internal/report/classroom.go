package report

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"gorutinas/grader/internal/results"
)

// classroomLimit bounds the JSON: it travels as base64 in one environment
// variable, and Linux allows 128 KiB for one.
const classroomLimit = 90_000

type classroomResult struct {
	Version int             `json:"version"`
	Status  string          `json:"status"` // pass, fail or error
	Max     int             `json:"max_score"`
	Tests   []classroomTest `json:"tests"`
}

// classroomTest is printed raw by the reporter: Name always, Message only for
// status error, Code always, so that what the student must know is there.
type classroomTest struct {
	Name    string `json:"name"`
	Status  string `json:"status"`
	Score   int    `json:"score"`
	Message string `json:"message"`
	Code    string `json:"test_code"`
	File    string `json:"filename"`
	Line    int    `json:"line_no"`
	MS      int64  `json:"execution_time"`
}

// writeClassroom writes the step output that GitHub Classroom's
// autograding-grading-reporter reads: base64 of JSON on one line, with no line
// break at its end.
func writeClassroom(o Options, w io.Writer, c results.Class) error {
	doc, err := fitted(classroom(o, c))
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, base64.StdEncoding.EncodeToString(doc))
	return err
}

func classroom(o Options, c results.Class) classroomResult {
	r := classroomResult{Version: 1, Status: "pass", Max: c.Submissions[0].MaxScore, Tests: []classroomTest{}}
	for _, i := range alone(o, c) {
		t := classroomTest{
			Name: noCommand(i.Label()), Status: classroomStatus(i.Outcome), Score: i.Score, Line: i.Line, MS: i.MS,
			Code: noCommand(i.feedback(o)),
		}
		if i.Outcome != passed {
			t.Message = noCommand(i.What)
			t.File = noCommand(i.path())
		}
		if t.Status == "error" || t.Status == "fail" && r.Status == "pass" {
			r.Status = t.Status
		}
		r.Tests = append(r.Tests, t)
	}
	return r
}

func classroomStatus(o outcome) string {
	switch o {
	case passed:
		return "pass"
	case errored:
		return "error"
	}
	return "fail"
}

// noCommand returns s without anything that a GitHub Actions log could take for
// a workflow command, wherever it is printed.
func noCommand(s string) string {
	s = strings.ReplaceAll(s, "##[", "## [")
	for strings.Contains(s, "::") {
		s = strings.ReplaceAll(s, "::", ": :")
	}
	return s
}

// fitted returns r as JSON below the limit, with texts shortened as far as that
// takes.
func fitted(r classroomResult) ([]byte, error) {
	for longest := 4000; longest >= 20; longest /= 2 {
		for i := range r.Tests {
			t := &r.Tests[i]
			t.Code = text.Snip(t.Code, longest, "…")
			t.Name = text.Snip(t.Name, min(longest, 200), "…")
			t.File = text.Snip(t.File, min(longest, 200), "…")
		}
		doc, err := compact(r)
		if err != nil || len(doc) < classroomLimit {
			return doc, err
		}
	}
	return nil, errors.New("it has too many tests for an environment variable; grade fewer exercises at once")
}

func compact(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // a < is not worth six bytes here
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
