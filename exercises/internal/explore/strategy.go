package explore

import "math/rand/v2"

// A strategy makes the choices of one schedule after the other.
type strategy interface {
	// begin starts a schedule; false: there is nothing left to try.
	begin() bool
	// choose returns the index in d.options of what happens next.
	choose(d decision) int
	// took says which case the select took whose decision was the last one;
	// less than 0: none of them could be taken.
	took(choice int)
	// stepped says that a goroutine takes a step, chosen or not.
	stepped(goroutine int)
	// end ends a schedule.
	end()
	// patience is how often a goroutine may come to the same place, without a step of
	// another in between, before it must give way.
	patience() int
}

// indifferent is a strategy's part that takes no notice.
type indifferent struct{}

func (indifferent) took(int)      {}
func (indifferent) stepped(int)   {}
func (indifferent) end()          {}
func (indifferent) patience() int { return 2 }

// decision is a choice that a schedule has to make.
type decision struct {
	options []int    // goroutines by number, or the cases of a select; the best first
	places  []uint64 // where each goroutine stands
	current int      // index of the goroutine whose turn it is, if it can keep it, else -1
	cases   bool     // options are the cases of a select
	state   uint64   // tells different situations apart
}

// preempts says whether choosing option i takes the turn from a goroutine that
// could have gone on.
func (d decision) preempts(i int) bool { return d.current >= 0 && i != d.current }

// random chooses among all options alike.
type random struct {
	indifferent
	left int
	rng  *rand.Rand
}

func (r *random) begin() bool {
	r.left--
	return r.left >= 0
}

func (r *random) choose(d decision) int { return r.rng.IntN(len(d.options)) }
