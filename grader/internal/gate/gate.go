// Package gate decides what of a submission may be built, and rewrites it for
// the build. A few lines of source can keep a type checker busy for ever, so all
// of that happens in a child process with limits: the grader's own binary, which
// Init turns into that child.
package gate

import (
	"time"

	"gorutinas/grader/internal/idiom"
)

// What one child may use. Honest candidates of all exercises together need about
// two seconds and 200 MB. The wall limit only ends what does not run at all.
const (
	CPU    = 20 * time.Second
	Memory = 2 << 30
	Wall   = 10 * time.Minute
)

// Request is what a child is asked, as JSON on its standard input.
type Request struct {
	Exports   map[string]string // as Exports returns it
	Exercises []Exercise        // examined in this order
}

// Exercise is one candidate.
type Exercise struct {
	Name    string
	Files   map[string][]byte // base name → content as handed in
	Imports []string          // beyond policy.DefaultImports
	Kit     map[string][]byte `json:",omitempty"` // the kit's own files of the package but NAME.go and tests
}

// Answer is what became of a candidate: a Problem, or Files, or neither when
// Unchecked says why.
type Answer struct {
	Exercise string
	Problem  *Problem          `json:",omitempty"` // why it is rejected
	Advice   []idiom.Advice    `json:",omitempty"` // on one that is not
	Files    map[string][]byte `json:",omitempty"` // rewritten, by the names it was handed in under
	// Unchecked is the first error of the parser's or the type checker's. The
	// candidate goes to the compiler as it is, for the compiler's own words. One
	// that compiles in spite of it was not checked in full and must not run.
	Unchecked string `json:",omitempty"`
}

// Problem is why a candidate is rejected. Line is 0 where no line is to blame.
type Problem struct {
	File    string
	Line    int
	Message string
}

// line is one line of a child's standard output. The first is empty and says
// that the request was understood, then comes one for each exercise.
type line struct {
	Answer *Answer `json:",omitempty"`
}
