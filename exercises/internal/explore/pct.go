package explore

import "math/rand/v2"

// pct gives goroutines random priorities, lets the highest run, and lowers the
// running one's at a few random steps: a bug that needs n orderings is found
// with a probability of at least 1/(goroutines * steps^(n-1)) a schedule
// (Burckhardt et al., 2010).
type pct struct {
	indifferent
	left    int
	changes int // priority changes in a schedule
	rng     *rand.Rand

	longest  int // decisions in the longest schedule so far
	step     int
	priority map[int]int // by goroutine
	change   map[int]bool
	lowest   int
}

func (p *pct) begin() bool {
	p.longest = max(p.longest, p.step, 2)
	p.step, p.lowest = 0, 0
	p.priority, p.change = map[int]int{}, map[int]bool{}
	for range p.changes {
		p.change[p.rng.IntN(p.longest)] = true
	}
	p.left--
	return p.left >= 0
}

func (p *pct) choose(d decision) int {
	if d.cases {
		return p.rng.IntN(len(d.options))
	}
	p.step++
	if p.change[p.step-1] || d.current < 0 {
		p.yield(d)
	}
	return p.highest(d)
}

// yield lowers the priority of the goroutine that would run: at a change, and
// when the one that ran last gives way, since it may be waiting for others.
func (p *pct) yield(d decision) {
	p.lowest--
	p.priority[d.options[p.highest(d)]] = p.lowest
}

func (p *pct) highest(d decision) int {
	best := 0
	for i, g := range d.options {
		if _, known := p.priority[g]; !known {
			p.priority[g] = 1 + p.rng.IntN(1<<20)
		}
		if p.priority[g] > p.priority[d.options[best]] {
			best = i
		}
	}
	return best
}
