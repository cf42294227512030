package explore

import (
	"slices"

	"gorutinas/exercises/internal/explore/point"
)

// controller drives the goroutines of one schedule: whenever all stand still,
// it lets one of them go on.
type controller struct {
	schedule *point.Schedule
	strategy strategy
	limit    int         // of steps
	done     func() bool // the body has returned

	turn    *point.Goroutine         // the goroutine that was let go last
	alone   []uint64                 // where it has stopped since another took a step
	steps   int                      // so far
	stepped map[*point.Goroutine]int // when a goroutine was let go last
	selects map[*point.Goroutine]int // how many selects a goroutine has come to
	pending *point.Goroutine         // was let go into a select by a decision
	log     record

	open  bool // a select with more than one case may be waiting
	timed bool // time has gone on meanwhile
}

// record is what makes a schedule repeatable.
type record struct {
	order []int // goroutines in the order of their steps
	cases []int // choices of selects, in the order of decisions
}

// ending is why a schedule is over.
type ending int

const (
	finished     ending = iota // the body has returned and nothing can go on
	crashed                    // a goroutine has met a fatal error
	inconclusive               // too many steps
)

func newController(s *point.Schedule, st strategy, limit int, done func() bool) *controller {
	return &controller{
		schedule: s, strategy: st, limit: limit, done: done,
		stepped: map[*point.Goroutine]int{}, selects: map[*point.Goroutine]int{},
	}
}

func (c *controller) drive() ending {
	for {
		ready := c.schedule.Settle()
		c.settleSelect()
		switch {
		case c.schedule.Crash != nil:
			return crashed
		case len(ready) > 0 && c.steps >= c.limit:
			return inconclusive
		case len(ready) > 0:
			c.step(ready)
		case c.done():
			return finished
		default:
			c.timed = c.timed || c.open
			point.Publish() // the bubble may end here
			c.schedule.Idle()
		}
	}
}

// step lets one of the goroutines that could go on do so.
func (c *controller) step(ready []*point.Goroutine) {
	g := c.pick(ready)
	if g != c.turn {
		c.turn, c.alone = g, c.alone[:0]
	}
	c.alone = append(c.alone, g.Site)
	c.steps++
	c.stepped[g] = c.steps
	c.log.order = append(c.log.order, g.Number)
	c.strategy.stepped(g.Number)
	if g.Cases > 1 {
		c.prefer(g)
	}
	c.schedule.Resume(g)
}

func (c *controller) pick(ready []*point.Goroutine) *point.Goroutine {
	d, in := c.decide(ready)
	if len(in) == 1 {
		return in[0]
	}
	return in[c.strategy.choose(d)]
}

// decide puts the goroutines in an order that is fair: the one whose turn it is
// first, unless it seems to wait in a loop, then those that have waited longest.
func (c *controller) decide(ready []*point.Goroutine) (decision, []*point.Goroutine) {
	in := slices.Clone(ready)
	slices.SortStableFunc(in, func(a, b *point.Goroutine) int { return c.stepped[a] - c.stepped[b] })
	d := decision{current: -1, state: stateOf(ready)}
	if at := slices.Index(in, c.turn); at >= 0 {
		in = slices.Delete(in, at, at+1)
		switch again := c.repeats(); {
		case again == 0:
			in = slices.Insert(in, 0, c.turn)
			d.current = 0
		case again < c.strategy.patience() || len(in) == 0:
			in = append(in, c.turn)
		}
	}
	for _, g := range in {
		d.options = append(d.options, g.Number)
		d.places = append(d.places, g.Site)
	}
	return d, in
}

// repeats is how often the goroutine whose turn it is has stopped where it
// stands now, with no step of another in between.
func (c *controller) repeats() (n int) {
	for _, site := range c.alone {
		if site == c.turn.Site {
			n++
		}
	}
	if n == 0 && c.turn.Op == "gosched" {
		return 1
	}
	return n
}

// stateOf tells situations apart: who could go on, from where, and what selects
// have chosen.
func stateOf(ready []*point.Goroutine) uint64 {
	h := uint64(len(ready))
	for _, g := range ready {
		h = mix(h, uint64(g.Number))
		h = mix(h, g.Site)
		if g.Decided {
			h = mix(h, uint64(g.Chosen+2))
		}
	}
	return h
}

func mix(h, x uint64) uint64 {
	h = (h ^ x) * 0x9e3779b97f4a7c15
	return h ^ h>>29
}

// prefer decides which case the select at which g stands tries first. Without a
// reason to do otherwise the cases take turns, so that a loop around a select
// does not starve one of them.
func (c *controller) prefer(g *point.Goroutine) {
	first := c.selects[g] % g.Cases
	c.selects[g]++
	d := decision{cases: true, current: -1, state: uint64(g.Cases)}
	for i := range g.Cases {
		d.options = append(d.options, (first+i)%g.Cases)
	}
	g.Prefer = d.options[c.strategy.choose(d)]
	c.pending = g
}

// settleSelect tells the strategy what came of its choice. A select that still
// waits, or has taken its default case, could have taken none.
func (c *controller) settleSelect() {
	g := c.pending
	if g == nil {
		return
	}
	c.pending = nil
	choice := -1
	if g.Decided {
		choice = g.Chosen
	} else {
		c.open = true
	}
	c.log.cases = append(c.log.cases, choice)
	c.strategy.took(choice)
}
