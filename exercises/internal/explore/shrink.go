package explore

import (
	"iter"
	"slices"
)

// replay follows a recorded schedule as far as it can.
type replay struct {
	indifferent
	order []int
	cases []int
}

func (*replay) begin() bool { return true }

// choose takes the next goroutine of the record that could go on.
func (r *replay) choose(d decision) int {
	if d.cases {
		return r.chooseCase(d)
	}
	for _, g := range r.order {
		if at := slices.Index(d.options, g); at >= 0 {
			return at
		}
	}
	return 0
}

func (r *replay) stepped(g int) {
	if at := slices.Index(r.order, g); at >= 0 {
		r.order = slices.Delete(r.order, at, at+1)
	}
}

func (r *replay) chooseCase(d decision) int {
	if len(r.cases) == 0 {
		return 0
	}
	k := r.cases[0]
	r.cases = r.cases[1:]
	return max(slices.Index(d.options, k), 0)
}

// Shrinking costs that many attempts at most, and about that many steps.
const (
	shrinkAttempts = 100
	shrinkSteps    = 20_000
)

// shrink looks for a schedule that fails in the same way with fewer changes of
// turn, by moving steps to where the same goroutine had its turn already.
func (r *exploration) shrink(best *attempt) *attempt {
	for left := min(shrinkAttempts, shrinkSteps/max(len(best.control.log.order), 1)); left > 0; {
		shorter := r.shorter(best, &left)
		if shorter == nil {
			break
		}
		best = shorter
	}
	return best
}

// shorter returns an attempt that is better than a, nil if it finds none.
func (r *exploration) shorter(a *attempt, left *int) *attempt {
	for order := range merges(a.control.log.order) {
		if *left--; *left < 0 {
			return nil
		}
		b := r.repeat(record{order, a.control.log.cases}, a)
		if b.failsLike(a) && b.control.log.cost() < a.control.log.cost() {
			return b
		}
	}
	return nil
}

// repeat makes an attempt with the choices of log. The runtime fires timers of
// the same instant in any order, so it may take more than one.
func (r *exploration) repeat(log record, like *attempt) (a *attempt) {
	for range timerTries {
		a = r.perform(&replay{order: slices.Clone(log.order), cases: log.cases})
		if !r.timed || a.failsLike(like) {
			break
		}
	}
	return a
}

const timerTries = 8

// failsLike says whether a and b show the same mistake.
func (a *attempt) failsLike(b *attempt) bool {
	return a.failure != nil && a.failure.Verdict == b.failure.Verdict && a.failure.Code == b.failure.Code
}

// cost orders schedules: by changes of turn, then by steps.
func (l record) cost() int { return len(turns(l.order))<<16 + len(l.order) }

// turn is a number of steps of one goroutine in a row.
type turn struct{ goroutine, steps int }

func turns(order []int) (ts []turn) {
	for _, g := range order {
		if n := len(ts); n > 0 && ts[n-1].goroutine == g {
			ts[n-1].steps++
		} else {
			ts = append(ts, turn{g, 1})
		}
	}
	return ts
}

// merges returns the orders that result from moving one turn to the one before
// it, or after it, of the same goroutine.
func merges(order []int) iter.Seq[[]int] {
	return func(yield func([]int) bool) {
		ts := turns(order)
		for i, t := range ts {
			next := slices.IndexFunc(ts[i+1:], func(u turn) bool { return u.goroutine == t.goroutine })
			if next < 0 {
				continue
			}
			j := i + 1 + next
			if !yield(moved(ts, j, i+1)) || !yield(moved(ts, i, j)) {
				return
			}
		}
	}
}

// moved returns the order in which the turn at from comes just before the one
// that is at to.
func moved(ts []turn, from, to int) (order []int) {
	t := ts[from]
	if to > from {
		to--
	}
	ts = slices.Delete(slices.Clone(ts), from, from+1)
	for _, u := range slices.Insert(ts, to, t) {
		for range u.steps {
			order = append(order, u.goroutine)
		}
	}
	return order
}
