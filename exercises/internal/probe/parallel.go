package probe

import (
	"sync"
	"testing"
)

// Parallel calls f(0) to f(n-1), each on its own goroutine, all started
// together, and returns when all have ended. A call that does not return (it
// was ended by runtime.Goexit) fails t.
func Parallel(t *testing.T, n int, f func(i int)) {
	t.Helper()
	var wg sync.WaitGroup
	start := make(chan struct{})
	returned := make([]bool, n)
	for i := range n {
		wg.Go(func() {
			<-start
			f(i)
			returned[i] = true
		})
	}
	close(start)
	wg.Wait()
	for _, ok := range returned {
		if !ok {
			Report(t, Finding{Verdict: "fail", Code: "fail.goexit"}, "a call was ended by runtime.Goexit")
			return
		}
	}
}
