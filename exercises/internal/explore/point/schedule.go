package point

import (
	"sync"
	"time"
	"unsafe"

	"gorutinas/exercises/internal/waits"
)

// Schedule is one run of a scenario. Its exported methods are the controller's,
// which is one goroutine; all other code calls them only through this package's
// functions. The controller may read and write the exported fields and those of
// Goroutine between Settle and Resume, when everything else stands still.
type Schedule struct {
	Polled bool   // Release is a yield point: see Poll
	Steps  []Step // what was done so far, in order
	Crash  *Crash // a fatal error, if there was one

	// Delay, when positive, makes yield points sleep for a random time up to it
	// instead of waiting for the controller.
	Delay time.Duration

	epoch    uint64
	mu       sync.Mutex // guards what follows, and Steps and Crash while goroutines run
	all      []*Goroutine
	fresh    []*Goroutine // not numbered yet
	orders   int
	idle     bool // the controller waits for an arrival
	arrival  chan struct{}
	released bool   // yield points do nothing any more
	random   uint64 // see next
}

// Step is something that a goroutine did at a place in the program.
type Step struct {
	Goroutine *Goroutine
	Op        string // "" for a step that says nothing to a reader
	Stack     waits.Stack
}

// Crash is an error that no program survives.
type Crash struct {
	Text  string
	Stack string
}

// Goroutine is one goroutine of a schedule.
type Goroutine struct {
	Number int // 0 is the scenario's body, others count from 1 in order of creation
	Op     string
	Stack  waits.Stack
	Site   uint64 // tells places apart: equal for equal Op and Stack
	Cases  int    // at a select: how many cases it has
	Prefer int    // at a select: the case to try first, set by the controller
	Chosen int    // the case that the last select took; see Decided

	// Decided is set when a select has been decided since the controller last
	// cleared it.
	Decided bool

	labels   unsafe.Pointer
	numbered bool
	order    int
	gate     Gate
	parked   bool
	wake     chan struct{}
}
