package cli

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"gorutinas/grader/internal/submission"
)

// rosterHeads are what a roster's first column may be called; a first line that
// begins with anything else is a student.
var rosterHeads = []string{
	"id", "student", "username", "identifier", "roster_identifier", "github_username", "email", "name",
	"first name", "last name", "full name", "student id", "id number", "email address",
	"estudiante", "alumno", "alumna", "usuario", "identificador", "correo", "nombre",
	"apellido", "apellidos", "apellido(s)", "nombre completo", "número de id", "dirección de correo",
}

var errNothing = errors.New("nothing was handed in under this id; compare the roster with the submissions' names")

// absentees returns a row for each id in the first column of the roster at path
// that no submission has; none without a roster.
func absentees(path string, refs []submission.Ref) ([]submission.Ref, error) {
	if path == "" {
		return nil, nil
	}
	ids, err := readRoster(path)
	if err != nil {
		return nil, err
	}
	there := map[string]bool{} // macOS writes a letter and its accent apart in the names of folders
	for _, r := range refs {
		there[norm.NFC.String(r.ID)] = true
	}
	var absent []submission.Ref
	for _, id := range ids {
		if !there[norm.NFC.String(id)] {
			absent = append(absent, submission.Ref{ID: id, Err: errNothing})
		}
	}
	return absent, nil
}

// readRoster returns the ids in the first column of the CSV file at path, each
// once.
func readRoster(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the roster: %w; name the class's CSV file", err)
	}
	if !utf8.Valid(text) {
		return nil, fmt.Errorf("%s is not in UTF-8, so that its names match no submission; save it as CSV UTF-8", path)
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	in := csv.NewReader(bytes.NewReader(text))
	in.Comma = separator(text)
	in.FieldsPerRecord = -1
	var ids []string
	seen := map[string]bool{"": true}
	for first := true; ; first = false {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return ids, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s is no CSV file: %w; name the class's CSV file", path, err)
		}
		id := strings.TrimSpace(record[0])
		if strings.ContainsFunc(id, unicode.IsControl) {
			line, _ := in.FieldPos(0)
			return nil, fmt.Errorf("%s: the id %q in line %d holds characters that cannot be seen; name the class's CSV file", path, id, line)
		}
		head := first && slices.Contains(rosterHeads, strings.ToLower(id))
		if same := norm.NFC.String(id); !head && !seen[same] {
			seen[same] = true
			ids = append(ids, id)
		}
	}
}

// separator is what stands between the cells of a CSV file: a semicolon where
// spreadsheets have the comma for decimals, as in Spanish.
func separator(text []byte) rune {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	quoted := false
	found := map[rune]bool{} // outside of quotes
	for _, r := range string(first) {
		quoted = quoted != (r == '"')
		found[r] = found[r] || !quoted
	}
	if found[';'] && !found[','] {
		return ';'
	}
	return ','
}
