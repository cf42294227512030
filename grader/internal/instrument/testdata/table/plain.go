package bugs

import (
	"os"
	"sync"
	"testing"

	"gorutinas/exercises/internal/probe"
)

// TestBug makes both calls of the bug that the environment names, again and
// again, and leaves it to the race detector to find something. The bubble ends
// the process should the calls deadlock.
func TestBug(t *testing.T) {
	probe.Bubble(t, func(*testing.T) {
		for range 100 {
			var both sync.WaitGroup
			first, second, _ := bugs[os.Getenv("BUG")]()
			both.Go(first)
			both.Go(second)
			both.Wait()
		}
	})
}
