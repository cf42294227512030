package grading

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// nominal is how long [chores] may take on a machine for which the usual limits
// are meant: twice what they took on the one where the hidden tests of a right
// solution needed a second of processor time at most.
const nominal = 12 * time.Millisecond

// slowness is how many times slower than meant for the usual limits this machine
// does work, rounded up: 1 on any that is fast enough. Of several tries the
// fastest counts, since other load can only make one slower.
func slowness(work func()) int {
	best := time.Duration(math.MaxInt64)
	for range 5 {
		start := time.Now()
		work()
		best = min(best, time.Since(start))
	}
	return max(1, int((best+nominal-1)/nominal))
}

// chores keep a processor and its caches busy.
func chores() {
	r := rand.New(rand.NewPCG(1, 2))
	numbers := make([]uint64, 1<<16)
	for i := range numbers {
		numbers[i] = r.Uint64()
	}
	slices.Sort(numbers)
}
