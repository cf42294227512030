package explore

import "slices"

// slow has one goroutine after the other be slow: whenever it has taken a step, it
// waits until the others have taken a few. So others come in between again and
// again, which no schedule with few preemptions shows, and who gives up after some
// tries is caught.
type slow struct {
	indifferent
	left int

	victim  int // the slow one's number
	most    int // the highest number so far
	pace    int // how many steps the others take
	since   int // steps of the others since the slow one's last
	started int // steps of the body, which starts the others
}

const (
	// A change under a lock takes two to four steps.
	shortest = 2
	longest  = 4
	// starting is how many steps the body goes before all others, so that they meet.
	starting = 50
)

func (s *slow) begin() bool {
	s.since, s.started = 0, 0
	s.victim++
	if s.pace == 0 || s.victim > s.most {
		s.victim, s.pace = 1, max(s.pace+1, shortest)
	}
	s.left--
	return s.left >= 0 && s.pace <= longest
}

func (s *slow) choose(d decision) int {
	if d.cases {
		return 0
	}
	s.most = max(s.most, slices.Max(d.options))
	if body := slices.Index(d.options, 0); body >= 0 && s.started < starting {
		return body
	}
	if victim := slices.Index(d.options, s.victim); victim >= 0 && s.since >= s.pace {
		return victim
	}
	return slices.IndexFunc(d.options, func(g int) bool { return g != s.victim })
}

func (s *slow) stepped(goroutine int) {
	s.since++
	switch goroutine {
	case s.victim:
		s.since = 0
	case 0:
		s.started++
	}
}
