// Package results is the data that a grading produces: a class of grades, each
// with its exercises and checks. The JSON field names are a contract with every
// program that reads results.json; a field is added, never renamed.
package results

import (
	"slices"
	"time"
)

// Schema names the format in every results.json. results-v1.schema.json describes
// it for programs in other languages, and allows fields that it does not name,
// since later versions add some.
const Schema = "gorutinas/results/v1"

// Class is what one run of the grader found: the content of results.json.
type Class struct {
	Schema      string     `json:"schema"`
	Kit         Provenance `json:"kit"`
	Started     time.Time  `json:"started"`
	ElapsedMS   int64      `json:"elapsed_ms"`
	Shard       *Shard     `json:"shard,omitempty"`      // nil: the whole class
	Unfinished  int        `json:"unfinished,omitempty"` // submissions not reached before the run was stopped
	Submissions []Grade    `json:"submissions"`
}

// Shard says which part of a class a run graded.
type Shard struct {
	Index int `json:"index"` // from 0
	Count int `json:"count"`
}

// Provenance says what graded: two gradings are comparable only when these agree.
type Provenance struct {
	Version string `json:"version"`               // hash of everything that decides a grade
	Go      string `json:"go"`                    // as `go env GOVERSION` says it
	Sandbox string `json:"sandbox"`               // full, basic or none
	Why     string `json:"sandbox_why,omitempty"` // there was no better one; two gradings may differ in it
	Hidden  bool   `json:"hidden"`                // false: a student kit, the visible tests were graded
	Seed    uint64 `json:"seed"`                  // of every random input
	NoRace  bool   `json:"no_race,omitempty"`     // built without the race detector, for want of a C compiler
}

// Status says how far a submission or one of its exercises came.
type Status string

// The first two are a submission's, all but StatusError an exercise's.
const (
	StatusGraded      Status = "graded"
	StatusError       Status = "error"        // the submission could not be read
	StatusUnchanged   Status = "unchanged"    // still the stub
	StatusMissing     Status = "missing"      // no NAME.go
	StatusRejected    Status = "rejected"     // the gate refused it
	StatusBuildFailed Status = "build_failed" // the compiler refused it
)

// Grade is one submission's result.
type Grade struct {
	ID        string     `json:"id"`
	Source    string     `json:"source"`
	Status    Status     `json:"status"`
	Problem   string     `json:"problem,omitempty"` // why, when StatusError
	Score     int        `json:"score"`
	MaxScore  int        `json:"max_score"`
	Flags     []string   `json:"flags,omitempty"` // what an instructor should look at
	Exercises []Exercise `json:"exercises"`
}

// Undecided counts the checks that this machine could not decide: they have no points
// yet, and a grade book must not hold that against anyone.
func (g Grade) Undecided() int {
	n := 0
	for _, e := range g.Exercises {
		for _, c := range e.Checks {
			if c.Verdict == Infra {
				n++
			}
		}
	}
	return n
}

// Exercise is one candidate's result.
type Exercise struct {
	Name     string   `json:"name"`
	Status   Status   `json:"status"`
	Problem  *Problem `json:"problem,omitempty"` // when missing, rejected or build_failed
	Score    int      `json:"score"`
	MaxScore int      `json:"max_score"`
	Checks   []Check  `json:"checks"`

	// Advice is what costs no points: what a reviewer would still send back.
	Advice []Problem `json:"advice,omitempty"`
}

// Problem is why a candidate was not run, or a piece of advice. File is relative to the exercise,
// Line is 0 where no line is to blame.
type Problem struct {
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Message string `json:"message"`
}

// Verdict is what one check found.
type Verdict string

// Every verdict a check can have.
const (
	Pass     Verdict = "pass"
	Fail     Verdict = "fail"
	Race     Verdict = "race"
	Leak     Verdict = "leak"
	Deadlock Verdict = "deadlock"
	Timeout  Verdict = "timeout"
	Panic    Verdict = "panic"
	Memory   Verdict = "memory"
	Output   Verdict = "output"
	Tampered Verdict = "tampered"
	NotRun   Verdict = "not_run"
	Infra    Verdict = "infra"
)

// precedence orders verdicts for when several apply to one run: the first counts.
var precedence = []Verdict{Infra, Tampered, Output, Memory, Race, Deadlock, Panic, Leak, Timeout, Fail, NotRun, Pass}

// Verdicts returns every verdict, those that count first before the others.
func Verdicts() []Verdict { return slices.Clone(precedence) }

// First returns the verdict that counts when all of vs apply; Pass for none.
func First(vs ...Verdict) Verdict {
	for _, p := range precedence {
		if slices.Contains(vs, p) {
			return p
		}
	}
	return Pass
}

// Check is one check's result. Score is Points or 0, and both count the weight of
// the exercise in its assignment: the checks of an exercise that was graded sum to
// it, as the exercises do to the submission. The sentence for the
// student is kept as Code and Args, so that a reader renders it in any
// language; Message is that sentence in the language of the grading.
type Check struct {
	Name      string   `json:"name"`
	Title     string   `json:"title"`
	Kind      string   `json:"kind"`
	Points    int      `json:"points"`
	Score     int      `json:"score"`
	Verdict   Verdict  `json:"verdict"`
	Code      string   `json:"code,omitempty"`
	Args      []string `json:"args,omitempty"`
	Message   string   `json:"message,omitempty"`
	Schedule  []Step   `json:"schedule,omitempty"`
	File      string   `json:"file,omitempty"` // the student's file and line to look at
	Line      int      `json:"line,omitempty"`
	Output    string   `json:"output,omitempty"` // what the program printed, capped
	Hint      string   `json:"hint,omitempty"`
	ElapsedMS int64    `json:"elapsed_ms"`
}

// Step is one step of an explored schedule that failed: goroutine number
// Goroutine (1 is the first; 0 is the test's own) did Op at File:Line, and then
// the next step's did.
type Step struct {
	Goroutine int    `json:"goroutine"`
	File      string `json:"file"`
	Line      int    `json:"line"`
	Op        string `json:"op"`
}
