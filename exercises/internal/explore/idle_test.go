package explore

import (
	"testing"
	"time"

	"gorutinas/exercises/internal/explore/sync"
)

// What a timer wakes may end, or unlock and end, without coming to a yield
// point; whoever waits for that must still go on.
func TestTimersWakeWaiters(t *testing.T) {
	for name, body := range map[string]func(*S){
		"the end of a goroutine": func(s *S) {
			s.Go(func() { time.Sleep(time.Millisecond) })
			s.Wait()
		},
		"an unlock": func(s *S) {
			var mu sync.Mutex
			for range 2 {
				s.Go(func() {
					mu.Lock()
					defer mu.Unlock()
					time.Sleep(time.Millisecond)
				})
			}
			s.Wait()
		},
		"a read unlock": func(s *S) {
			var mu sync.RWMutex
			s.Go(func() {
				mu.RLock()
				defer mu.RUnlock()
				time.Sleep(time.Millisecond)
			})
			s.Go(func() {
				mu.Lock()
				defer mu.Unlock()
			})
			s.Wait()
		},
		"a Once": func(s *S) {
			var once sync.Once
			nap := func() { once.Do(func() { time.Sleep(time.Millisecond) }) }
			go nap() // s.Go would tell of its end
			s.Go(nap)
			s.Wait()
		},
		"a WaitGroup": func(s *S) {
			var wg sync.WaitGroup
			wg.Go(func() { time.Sleep(time.Millisecond) })
			s.Go(wg.Wait)
			s.Wait()
		},
	} {
		t.Run(name, func(t *testing.T) { Run(t, body) })
	}
}
