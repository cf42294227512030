package explore

import (
	"math/rand/v2"
	"sync"
	"testing"

	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/probe"
)

// exploration is one call of Run.
type exploration struct {
	options
	t    *testing.T
	body func(*S)
	seed uint64

	failed     bool // the test had failed before
	dated      bool // bubbles have a real date, see probe.SetClock and letEnd
	polled     bool // see point.Schedule.Polled
	timed      bool // time decided a select: a schedule may not repeat
	tried      int
	conclusive int
}

// exploring is held by the exploration that runs: there is one at a time.
var exploring sync.Mutex

// Run runs body under many schedules, each in a bubble of its own, until one of
// them fails: body calls Fail, a goroutine panics, all wait for each other, or
// one is left after body has returned. Then it fails t with a finding that has
// the shortest such schedule it could get to.
//
// First come all schedules with few preemptions, then some in which all take turns
// or one goroutine is slow, random ones, and a few at the real date; their number is
// bounded, and the same seed gives the same schedules. body must make what it uses
// itself, and do the same thing under the same schedule.
func Run(t *testing.T, body func(s *S), opts ...Option) {
	t.Helper()
	exploring.Lock()
	defer exploring.Unlock()
	defer point.OneProcessor()()
	r := &exploration{options: defaults, t: t, body: body, seed: probe.Seed(t), failed: t.Failed()}
	for _, o := range opts {
		o(&r.options)
	}
	failing := r.explore()
	switch {
	case r.testFailed():
		r.explain(failing)
	case failing != nil:
		r.report(r.shrink(failing))
	default:
		if r.conclusive == 0 {
			r.fallBack()
		}
		r.delay()
	}
}

// enough is how many schedules are still tried when all those with few preemptions
// have been tried.
const enough = 120

// explore returns the first attempt that fails, nil when none does.
func (r *exploration) explore() *attempt {
	steps := r.schedules * stepsPerSchedule
	all := newDFS(r.preemptions, max(r.schedules*7/10, 1))
	if a := r.try(all, steps); a != nil {
		return a
	}
	if !all.exhausted() || r.timed {
		if a := r.beyond(all.complete(), steps/3); a != nil {
			return a
		}
	}
	r.dated = true // a program could know a bubble by its date
	return r.try(newDFS(1, r.schedules/8), steps/3)
}

// beyond tries schedules with more preemptions, of some steps a strategy.
func (r *exploration) beyond(complete bool, steps int) *attempt {
	rest := r.schedules - r.tried
	if complete {
		rest = min(rest, enough)
	}
	for _, st := range []strategy{
		&lockstep{},
		&hold{rng: r.rand(3)},
		&slow{left: rest / 3},
		&random{left: rest / 3, rng: r.rand(1)},
		&pct{left: rest / 3, changes: 2, rng: r.rand(2)},
	} {
		if a := r.try(st, steps); a != nil {
			return a
		}
	}
	return nil
}

// testFailed says whether the test has failed on its own account.
func (r *exploration) testFailed() bool { return !r.failed && r.t.Failed() }

func (r *exploration) rand(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(r.seed, stream)) }

// stepsPerSchedule bounds, on average, what one schedule costs: programs that
// spin get fewer schedules, but each strategy some. So what goes wrong cannot be
// hidden among steps that do nothing.
const (
	stepsPerSchedule = 60
	someOfEach       = 6
)

// try performs the schedules of st until one fails, or they have taken so many steps.
func (r *exploration) try(st strategy, steps int) *attempt {
	for n, taken := 0, 0; (n < someOfEach || taken < steps) && st.begin(); n++ {
		a := r.perform(st)
		r.tried++
		taken += len(a.control.log.order)
		if a.failure != nil || r.testFailed() {
			return a
		}
		if a.ending != inconclusive {
			r.conclusive++
		}
	}
	return nil
}
