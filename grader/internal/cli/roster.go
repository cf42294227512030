package cli

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"gorutinas/grader/internal/submission"
)

// rosterHeads are what a roster's first column may be called; a first line that
// begins with anything else is a student.
var rosterHeads = []string{"id", "student", "username", "identifier", "roster_identifier", "github_username", "email", "name"}

var errNothing = errors.New("nothing was handed in under this id; compare the roster with the submissions' names")

// absentees returns a row for each id in the first column of the roster at path
// that no submission has; none without a roster.
func absentees(path string, refs []submission.Ref) ([]submission.Ref, error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the roster: %w", err)
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.FieldsPerRecord = -1
	lines, err := in.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s is no CSV file: %w", path, err)
	}
	var absent []submission.Ref
	for i, line := range lines {
		id := strings.TrimSpace(strings.TrimPrefix(line[0], "\uFEFF"))
		if id == "" || i == 0 && slices.Contains(rosterHeads, strings.ToLower(id)) {
			continue
		}
		if !slices.ContainsFunc(refs, func(r submission.Ref) bool { return r.ID == id }) {
			absent = append(absent, submission.Ref{ID: id, Err: errNothing})
		}
	}
	return absent, nil
}
