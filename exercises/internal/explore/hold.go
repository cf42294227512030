package explore

import (
	"math/rand/v2"
	"slices"
)

// hold has the first goroutine that comes to some place stay there until no other can
// go on, at one place after the other. Places are few, however many steps a program
// takes: so what goes wrong cannot be hidden among steps that do nothing.
type hold struct {
	indifferent
	rng *rand.Rand

	places []uint64 // seen so far
	tried  int      // schedules
	place  uint64   // where somebody is to be held; 0: nowhere, or somebody is
	victim int      // who is held; -1: nobody
	passed int      // steps of the others meanwhile
}

const (
	// holds is how often somebody is held at each place.
	holds = 3
	// stubborn is the patience of hold: a goroutine gives way to the one that is held
	// when it waits for it in a loop, and not when it only passes its time.
	stubborn = 400
	// longestHold is after how many steps of others, who may all wait in loops, a
	// goroutine is let go.
	longestHold = 1000
)

func (*hold) patience() int { return stubborn }

// begin begins with a schedule that holds nobody and only looks for places.
func (h *hold) begin() bool {
	h.place, h.victim = 0, -1
	if h.tried > 0 && len(h.places) > 0 {
		h.place = h.places[(h.tried-1)%len(h.places)]
	}
	h.tried++
	return h.tried <= 1+holds*len(h.places)
}

func (h *hold) choose(d decision) int {
	if d.cases {
		return h.rng.IntN(len(d.options))
	}
	h.look(d)
	i := 0
	if d.current < 0 {
		i = h.rng.IntN(len(d.options))
	}
	if d.options[i] != h.victim {
		return i
	}
	return slices.IndexFunc(d.options, func(g int) bool { return g != h.victim })
}

// look notes the places where goroutines stand, and takes hold of one.
func (h *hold) look(d decision) {
	for i, place := range d.places {
		if !slices.Contains(h.places, place) {
			h.places = append(h.places, place)
		}
		if h.place != 0 && place == h.place {
			h.place, h.victim, h.passed = 0, d.options[i], 0
		}
	}
}

// stepped lets go of a goroutine that went on because no other could.
func (h *hold) stepped(goroutine int) {
	h.passed++
	if goroutine == h.victim || h.passed > longestHold {
		h.victim = -1
	}
}
