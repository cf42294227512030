package explore

import "slices"

// lockstep has all goroutines take turns: of one step, then of two, then of three. So
// those that do the same thing do it at the same time, however much else they do
// before and after.
type lockstep struct {
	indifferent
	length  int // of a turn, in steps
	whose   int // the goroutine whose turn it is
	left    int // steps of its turn
	started int // steps of the body, which starts the others
}

const longestTurn = 3

func (s *lockstep) begin() bool {
	s.length++
	s.whose, s.left, s.started = 0, s.length, 0
	return s.length <= longestTurn
}

func (s *lockstep) choose(d decision) int {
	if d.cases {
		return 0
	}
	if body := slices.Index(d.options, 0); body >= 0 && s.started < starting {
		return body
	}
	if d.current == 0 && s.left <= 0 && len(d.options) > 1 {
		return 1 // that has waited longest
	}
	return 0
}

func (s *lockstep) stepped(goroutine int) {
	if goroutine == 0 {
		s.started++
	}
	if goroutine != s.whose {
		s.whose, s.left = goroutine, s.length
	}
	s.left--
}
