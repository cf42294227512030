package probe

import (
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Inherited file descriptors of a test binary that the grader started.
const (
	ordersFD = 3 // read once and closed, before the student's code initialises
	recordFD = 4 // the record is written here after the last test has ended
)

// graderFlag says that the grader is at the other end of the two descriptors.
const graderFlag = "-probe.grader"

// orders is what the grader tells a test binary.
type orders struct {
	Nonce string `json:"nonce"` // to be returned in the record
	Seed  uint64 `json:"seed"`  // of all random inputs
}

// record is what a test binary tells the grader. Only a binary that ran its
// tests to the end can write it, since it carries the nonce.
type record struct {
	Nonce    string    `json:"nonce"`
	Check    string    `json:"check"`  // name of the graded test
	Runs     int       `json:"runs"`   // how often it ran (-test.count)
	Passed   int       `json:"passed"` // how many of those neither failed nor were skipped
	Exit     int       `json:"exit"`   // what testing.M.Run returned
	Findings []Finding `json:"findings,omitempty"`
	Flags    []string  `json:"flags,omitempty"` // what the grader should know of a test that may have passed
}

var (
	_    = flag.Bool(graderFlag[1:], false, "report to the grader (set by the grader only)")
	seed = flag.Uint64("probe.seed", 0, "`seed` of the random inputs (0: a new one each run)")

	told, graded = readOrders() // before the student's package, which imports this one

	mu    sync.Mutex // guards done and ended
	done  record
	ended = map[string]uint64{} // how often each test has ended
)

func readOrders() (o orders, graded bool) {
	if !slices.Contains(os.Args[1:], graderFlag) {
		return orders{}, false
	}
	f := os.NewFile(ordersFD, "orders")
	text, err := io.ReadAll(f)
	f.Close()
	if err == nil {
		err = json.Unmarshal(text, &o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "probe: no orders from the grader:", err)
		os.Exit(1)
	}
	return o, true
}

// Main runs the tests, reports to the grader when it is listening, and exits.
// It is called by the only TestMain of every exercise.
func Main(m *testing.M) {
	runChild()
	code := m.Run()
	if graded {
		if err := writeRecord(code); err != nil {
			fmt.Fprintln(os.Stderr, "probe: the record was not written:", err)
			code = 1
		}
	}
	os.Exit(code)
}

func writeRecord(code int) error {
	mu.Lock()
	defer mu.Unlock()
	done.Nonce, done.Exit = told.Nonce, code
	f := os.NewFile(recordFD, "record")
	if err := json.NewEncoder(f).Encode(done); err != nil {
		return err
	}
	return f.Close()
}

// Check begins a graded test: the grader counts a test as run only when it has
// called Check and has then ended without failing, skipping or exiting early. The
// first one fails if init has started goroutines.
func Check(t *testing.T) {
	t.Helper()
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		done.Check = t.Name()
		done.Runs++
		ended[t.Name()]++
		if !t.Failed() && !t.Skipped() {
			done.Passed++
		}
	})
	once.Do(func() { alone(t) })
}

// Rand returns random numbers for t's inputs: the same ones for the same seed
// and test. A failing test prints the seed.
func Rand(t *testing.T) *rand.Rand {
	h := fnv.New64a()
	io.WriteString(h, t.Name())
	return rand.New(rand.NewPCG(Seed(t), h.Sum64()))
}

// Seed returns the seed of random inputs: the grader's, or that of -probe.seed,
// or a new one, plus the number of earlier repetitions of the test (-test.count).
// A failing test prints it.
func Seed(t *testing.T) uint64 {
	s := told.Seed
	if !graded {
		s = *seed
		if s == 0 {
			s = rand.Uint64()
		}
	}
	s += repetitions(t)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the inputs came from -probe.seed=%d", s)
		}
	})
	return s
}

// repetitions is how often the test that t is or belongs to has ended before.
func repetitions(t *testing.T) uint64 {
	test, _, _ := strings.Cut(t.Name(), "/")
	mu.Lock()
	defer mu.Unlock()
	return ended[test]
}

// Flag tells the grader something about the test that is no reason to fail it.
func Flag(name string) {
	mu.Lock()
	defer mu.Unlock()
	if !slices.Contains(done.Flags, name) {
		done.Flags = append(done.Flags, name)
	}
}
