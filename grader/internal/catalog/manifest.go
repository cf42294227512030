// Package catalog reads the exercises of a kit: which there are, in what order,
// and what each manifest (exercise.toml) says of its checks.
package catalog

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"gorutinas/grader/internal/phrase"
)

// MaxScore is what every exercise is worth.
const MaxScore = 10

// Text is a text in the kit's two languages.
type Text struct {
	En string `toml:"en"`
	Es string `toml:"es"`
}

// In returns the text in lang, "es" or anything else for English.
func (t Text) In(lang string) string {
	if lang == "es" {
		return t.Es
	}
	return t.En
}

// Hints are a check's hints, the later the more concrete.
type Hints struct {
	En []string `toml:"en"`
	Es []string `toml:"es"`
}

// In returns the hints in lang, "es" or anything else for English.
func (h Hints) In(lang string) []string {
	if lang == "es" {
		return h.Es
	}
	return h.En
}

// Check is one graded test function.
type Check struct {
	Name   string `toml:"name"` // of the test function
	Kind   string `toml:"kind"` // one of kinds
	Points int    `toml:"points"`
	Title  Text   `toml:"title"`
	Hints  Hints  `toml:"hints"`
}

// kinds are the kinds of checks.
var kinds = []string{"result", "race", "leak", "timing", "cancel", "bound", "order", "deadlock", "panic", "memory"}

// tracks are the curriculum's, in order.
var tracks = []struct {
	key  string // in manifests
	name Text
}{
	{"waiting", Text{"Waiting", "Esperar"}},
	{"sharing", Text{"Sharing", "Compartir"}},
	{"generators", Text{"Generators", "Generadores"}},
	{"loops", Text{"Loops", "Bucles"}},
	{"work", Text{"Work", "Trabajo"}},
	{"network", Text{"Network", "Red"}},
}

func trackKeys() (all []string) {
	for _, t := range tracks {
		all = append(all, t.key)
	}
	return all
}

// Exercise is a directory under exercises/ and what its manifest says.
type Exercise struct {
	Name       string      `toml:"-"` // of directory, package and main file
	Dir        string      `toml:"-"` // absolute
	Title      Text        `toml:"title"`
	Track      string      `toml:"track"`
	Order      int         `toml:"order"` // place in the curriculum, from 1
	Difficulty int         `toml:"difficulty"`
	Imports    []string    `toml:"imports"` // what a student may import beyond the default list
	Teaches    Text        `toml:"teaches"` // one clause for the index of exercises
	Hidden     []Check     `toml:"check,omitempty"`
	Visible    []Check     `toml:"visible"`
	Phrases    phrase.Book `toml:"-"` // of its tests, in Spanish
}

// File is the name of the one file that a student edits.
func (e *Exercise) File() string { return e.Name + ".go" }

// TrackName is what readers call e's track.
func (e *Exercise) TrackName() Text {
	for _, t := range tracks {
		if t.key == e.Track {
			return t.name
		}
	}
	return Text{e.Track, e.Track}
}

// Checks returns the hidden checks, or the visible ones where the kit has no
// hidden tests.
func (e *Exercise) Checks(hidden bool) []Check {
	if hidden {
		return e.Hidden
	}
	return e.Visible
}

// manifestFile is the manifest in the directory of an exercise.
const manifestFile = "exercise.toml"

// readManifest reads and validates the manifest of the exercise in dir.
func readManifest(dir string) (*Exercise, error) {
	path := filepath.Join(dir, manifestFile)
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the manifest: %w", err)
	}
	e, err := parseManifest(src)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	e.Name, e.Dir = filepath.Base(dir), dir
	e.Phrases, err = readPhrases(dir)
	return e, err
}

// parseManifest reads and validates a manifest. Name and Dir of the result are empty.
func parseManifest(src []byte) (*Exercise, error) {
	var e Exercise
	md, err := toml.Decode(string(src), &e)
	if err != nil {
		return nil, err
	}
	if unknown := md.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("unknown key %q; remove it or correct its spelling", unknown[0])
	}
	return &e, e.validate()
}

func (e *Exercise) validate() error {
	var errs []error
	problem := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if e.Title.En == "" || e.Title.Es == "" {
		problem("title needs en and es")
	}
	if e.Teaches.En == "" || e.Teaches.Es == "" {
		problem("teaches needs en and es")
	}
	if keys := trackKeys(); !slices.Contains(keys, e.Track) {
		problem("track %q is none of %s", e.Track, strings.Join(keys, ", "))
	}
	if e.Order < 1 {
		problem("order %d is below 1", e.Order)
	}
	if e.Difficulty < 1 || e.Difficulty > 5 {
		problem("difficulty %d is not within 1 to 5", e.Difficulty)
	}
	if len(e.Hidden) > 0 { // a student kit has none
		errs = append(errs, validateChecks("check", e.Hidden))
	}
	errs = append(errs, validateChecks("visible", e.Visible))
	return errors.Join(errs...)
}

var testName = regexp.MustCompile(`^Test[A-Z]\w*$`)

func validateChecks(list string, checks []Check) error {
	var errs []error
	problem := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	points, seen := 0, map[string]bool{}
	for _, c := range checks {
		points += c.Points
		switch {
		case !testName.MatchString(c.Name):
			problem("[[%s]] name %q is not a test function's name", list, c.Name)
		case seen[c.Name]:
			problem("[[%s]] %s is listed twice", list, c.Name)
		case !slices.Contains(kinds, c.Kind):
			problem("[[%s]] %s: kind %q is none of %s", list, c.Name, c.Kind, strings.Join(kinds, ", "))
		case c.Kind == "memory" && list == "visible":
			problem("[[%s]] %s: only a hidden check can be of kind memory", list, c.Name)
		case c.Points < 1:
			problem("[[%s]] %s: points %d is below 1", list, c.Name, c.Points)
		case c.Title.En == "" || c.Title.Es == "":
			problem("[[%s]] %s: title needs en and es", list, c.Name)
		case len(c.Hints.En) < 2 || len(c.Hints.En) != len(c.Hints.Es):
			problem("[[%s]] %s: hints need two or more, as many in es as in en", list, c.Name)
		}
		seen[c.Name] = true
	}
	if points != MaxScore {
		problem("the points of all [[%s]] sum to %d, not %d", list, points, MaxScore)
	}
	return errors.Join(errs...)
}
