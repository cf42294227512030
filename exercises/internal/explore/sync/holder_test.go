package sync_test

import (
	"runtime"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"gorutinas/exercises/internal/explore/sync"
	"gorutinas/exercises/internal/waits"
)

func takeMutex(mu *sync.Mutex)     { mu.Lock() }
func tryMutex(mu *sync.Mutex)      { mu.TryLock() }
func takeToWrite(rw *sync.RWMutex) { rw.Lock() }
func tryToWrite(rw *sync.RWMutex)  { rw.TryLock() }
func takeToRead(rw *sync.RWMutex)  { rw.RLock() }

// Who waits for a lock can be told where it was taken, by whoever has it now, unless
// those who have it are readers: they may be many.
func TestHolderIsKnown(t *testing.T) {
	var mu sync.Mutex
	var rw sync.RWMutex
	for _, tt := range []struct {
		name                       string
		take, wait                 func()
		giveBack, giveBackToWaiter func()
		holder, waiter             string // "" for nothing known
	}{
		{"Mutex", func() { takeMutex(&mu) }, func() { takeMutex(&mu) }, mu.Unlock, mu.Unlock, "takeMutex", "takeMutex"},
		{"Mutex that was free", func() { tryMutex(&mu) }, func() { takeMutex(&mu) }, mu.Unlock, mu.Unlock, "tryMutex", "takeMutex"},
		{"writers", func() { takeToWrite(&rw) }, func() { takeToWrite(&rw) }, rw.Unlock, rw.Unlock, "takeToWrite", "takeToWrite"},
		{"RWMutex that was free", func() { tryToWrite(&rw) }, func() { takeToRead(&rw) }, rw.Unlock, rw.RUnlock, "tryToWrite", "takeToRead"},
		{"readers", func() { takeToRead(&rw) }, func() { takeToWrite(&rw) }, rw.RUnlock, rw.Unlock, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				before := len(waits.All()) // other tests leave some that never end
				tt.take()
				go tt.wait()
				synctest.Wait()
				holder, waiter := blocked(t, before)
				require.Equal(t, tt.holder, holder)
				require.Equal(t, tt.waiter, waiter)
				tt.giveBack()
				synctest.Wait()
				require.Len(t, waits.All(), before)
				tt.giveBackToWaiter()
			})
		})
	}
}

// The lock goes from hand to hand, and the last one keeps it.
func TestHolderIsTheLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := len(waits.All())
		var mu sync.Mutex
		tryMutex(&mu)
		go takeMutex(&mu)
		synctest.Wait()
		mu.Unlock()
		go func() { mu.Lock() }()
		synctest.Wait()
		holder, _ := blocked(t, before)
		require.Equal(t, "takeMutex", holder)
		mu.Unlock()
	})
}

// blocked names the functions of this file of the one wait that has begun since there
// were so many: where the lock was taken, and where it is waited for.
func blocked(t *testing.T, before int) (holder, waiter string) {
	all := waits.All()
	if len(all) == before {
		return "", ""
	}
	require.Len(t, all, before+1)
	return function(all[0].Holder), function(all[0].At)
}

func function(s waits.Stack) string {
	f, _ := runtime.CallersFrames(s.PCs()).Next()
	_, name, _ := strings.Cut(f.Function, "sync_test.")
	return name
}
