package sync_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"gorutinas/exercises/internal/explore/sync"
)

// held is a primitive that one goroutine has for a second while another waits.
var held = map[string]func() (hold, wait func()){
	"Mutex": func() (hold, wait func()) {
		var mu sync.Mutex
		return lockFor(&mu, time.Second), lockFor(&mu, 0)
	},
	"RWMutex, reader waits": func() (hold, wait func()) {
		var mu sync.RWMutex
		return lockFor(&mu, time.Second), lockFor(mu.RLocker(), 0)
	},
	"RWMutex, writer waits": func() (hold, wait func()) {
		var mu sync.RWMutex
		return lockFor(mu.RLocker(), time.Second), lockFor(&mu, 0)
	},
	"Once": func() (hold, wait func()) {
		var once sync.Once
		return func() { once.Do(func() { time.Sleep(time.Second) }) }, func() { once.Do(nil) }
	},
	"OnceValue": func() (hold, wait func()) {
		get := sync.OnceValue(func() int { time.Sleep(time.Second); return 1 })
		return func() { get() }, func() { get() }
	},
	"WaitGroup": func() (hold, wait func()) {
		var wg sync.WaitGroup
		wg.Add(1)
		return func() { time.Sleep(time.Second); wg.Done() }, wg.Wait
	},
	"Cond": func() (hold, wait func()) {
		c := sync.NewCond(new(sync.Mutex))
		return func() { time.Sleep(time.Second); c.Signal() }, func() { c.L.Lock(); c.Wait(); c.L.Unlock() }
	},
}

func lockFor(l sync.Locker, d time.Duration) func() {
	return func() {
		l.Lock()
		time.Sleep(d)
		l.Unlock()
	}
}

// TestWaitsInVirtualTime: with the real primitives most of these would hang,
// since a bubble does not know what a goroutine waits for.
func TestWaitsInVirtualTime(t *testing.T) {
	for name, make := range held {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				hold, wait := make()
				start := time.Now()
				go hold()
				synctest.Wait()
				wait()
				require.Equal(t, time.Second, time.Since(start))
			})
		})
	}
}

var shared struct {
	sync.Mutex
	sync.Once
}

func TestPackageLevelLockInManyBubbles(t *testing.T) {
	for range 3 {
		synctest.Test(t, func(t *testing.T) {
			var wg sync.WaitGroup
			for range 3 {
				wg.Go(lockFor(&shared, time.Second))
			}
			wg.Wait()
			shared.Do(func() {})
		})
	}
	lockFor(&shared, 0)()
}

func TestCopyOfALockedMutexIsLocked(t *testing.T) {
	defer func() { require.Contains(t, fmt.Sprint(recover()), "deadlock") }()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		mu.Lock()
		go mu.Lock()
		synctest.Wait()
		copied := clone(&mu)
		copied.Lock()
	})
}

// clone copies where vet does not see it.
func clone[T any](p *T) *T {
	v := *p
	return &v
}
