package probe

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// stuck are programs that go test alone would let hang.
var stuck = map[string]func(){
	"sleeps with a lock": func() {
		var mu sync.Mutex
		for range 2 {
			go func() {
				mu.Lock()
				defer mu.Unlock()
				time.Sleep(time.Second)
			}()
		}
		time.Sleep(time.Minute)
	},
	"locks twice": func() {
		var mu sync.RWMutex
		mu.Lock()
		mu.RLock()
	},
	"opposite orders": func() {
		var a, b sync.Mutex
		var wg sync.WaitGroup
		both := make(chan struct{})
		wg.Go(func() { a.Lock(); both <- struct{}{}; b.Lock() })
		wg.Go(func() { b.Lock(); <-both; a.Lock() })
		wg.Wait()
	},
}

func TestStuckOnLock(t *testing.T) {
	if f := stuck[role()]; f != nil {
		Bubble(t, func(*testing.T) { f() })
		return
	}
	for name := range stuck {
		output, exit := inChild(t, name)
		require.Equal(t, 1, exit, output)
		require.Regexp(t, `(?s)^--- FAIL: TestStuckOnLock\n    deadlock: a goroutine waits for a lock.*stuck_test\.go:\d+`, output)
	}
}

func TestStudentsLine(t *testing.T) {
	const kits = "probe.Parallel()\n\t/kit/exercises/internal/probe/parallel.go:19 +0x4c\n"
	const tests = "gil_test.TestX()\n\t/kit/exercises/gil/gil_test.go:40 +0x4c\n"
	const students = "gil.(*GIL).Run()\n\tC:/kit/exercises/gil/help.go:21 +0x4c\n"
	require.Equal(t, " at help.go:21", studentsLine(kits+tests+students))
	require.Empty(t, studentsLine(kits+tests))
}

func TestNotStuck(t *testing.T) {
	const (
		locks    = "goroutine 7 [sync.Mutex.Lock, synctest bubble 3]:\nsync.(*Mutex).Lock()"
		sleeps   = "goroutine 8 [sleep, 2 minutes, synctest bubble 3]:\ntime.Sleep()"
		computes = "goroutine 9 [runnable, synctest bubble 3]:\nmain.main()"
		collects = "goroutine 9 [GC assist wait, synctest bubble 3]:\nmain.main()"
		writes   = "goroutine 9 [syscall, synctest bubble 3]:\nos.(*File).Write()"
		receives = "goroutine 5 [chan receive (durable), synctest bubble 3]:\nmain.main()"
		runs     = "goroutine 1 [runnable]:\ntesting.(*T).Run()"
		wakes    = "goroutine 2 [sleep]:\ntime.Sleep()"
		outside  = "goroutine 1 [chan receive]:\ntesting.(*T).Run()"
	)
	for _, stacks := range [][]string{
		nil, {sleeps, receives}, {locks, computes}, {writes, locks}, {locks, collects}, {locks, runs}, {wakes, locks},
	} {
		require.Empty(t, stuckOnLock(stacks, "3"))
	}
	require.Equal(t, locks+"\n\n"+sleeps, stuckOnLock([]string{outside, sleeps, locks}, "3"))
}
