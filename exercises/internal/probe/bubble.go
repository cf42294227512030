package probe

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Settle is how long, in virtual time, goroutines may take to end after a test's
// function has returned before they count as leaked.
const Settle = time.Hour

// Bubble runs f in a [synctest] bubble, where time is virtual and exact. A
// deadlock, or a goroutine that is still there a virtual hour after f has
// returned, fails t with a finding and Bubble returns. f must make everything
// that it uses (channels, contexts, gates) itself.
func Bubble(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	// The bubble's own goroutine writes these, and may be stuck for ever with
	// nothing that orders it before the reads below: hence atomics.
	var id atomic.Value // string, of the bubble
	var reported, finished atomic.Bool
	defer explainLocks(t, &id)()
	func() {
		defer Leave()
		defer func() {
			p := recover()
			if p == nil || reported.Load() || t.Failed() {
				return
			}
			reported.Store(true)
			if !strings.HasPrefix(fmt.Sprint(p), "deadlock:") {
				panic(p)
			}
			found, text := Deadlock(Goroutines(id.Load().(string)))
			Report(t, found, text)
		}()
		synctest.Test(t, func(t *testing.T) {
			id.Store(BubbleID())
			Enter()
			SetClock()
			defer func() { reported.Store(t.Failed()) }()
			f(t)
			finished.Store(true)
			if !t.Failed() {
				reportLeaks(t)
			}
		})
	}()
	if !finished.Load() && !reported.Load() && !t.Failed() {
		Report(t, Finding{Verdict: "fail", Code: "fail.goexit"}, "the test's goroutine was ended by runtime.Goexit")
	}
}

// later is a time soon after the tests have begun: no clock that a program has seen
// before was ahead of it.
var later = time.Now().Truncate(time.Hour).Add(2 * time.Hour)

// SetClock moves the caller's bubble on to a time soon after the tests have begun: a
// bubble begins in the year 2000, which would tell a program that it is in one. It
// panics outside a bubble.
func SetClock() {
	BubbleID()
	time.Sleep(time.Until(later))
}

func reportLeaks(t *testing.T) {
	t.Helper()
	if len(Leaked()) > 0 {
		time.Sleep(Settle)
	}
	if l := Leaked(); len(l) > 0 {
		found, text := Leak(l)
		Report(t, found, text)
	}
}

// Elapsed returns how long f takes in virtual time: computing costs nothing,
// only waiting does. It panics outside a bubble.
func Elapsed(f func()) time.Duration {
	BubbleID()
	start := time.Now()
	f()
	return time.Since(start)
}

// Leaked waits until the caller's bubble stands still and returns the stacks of
// its other goroutines. It panics outside a bubble.
func Leaked() []string {
	synctest.Wait()
	return Goroutines(BubbleID())[1:] // the caller comes first
}

// NoneLeft fails t unless all other goroutines of the caller's bubble have ended.
// Call it right after call has returned, which none of its goroutines may outlive:
// Bubble would let them end within an hour. Those that never end are left for Bubble
// to report. It panics outside a bubble.
func NoneLeft(t testing.TB, call string) {
	t.Helper()
	late := Leaked()
	if len(late) == 0 {
		return
	}
	time.Sleep(Settle)
	for _, stack := range Leaked() {
		late = slices.DeleteFunc(late, func(l string) bool { return nameOf(l) == nameOf(stack) })
	}
	if len(late) > 0 {
		found, text := Outliving(call, late)
		Report(t, found, text)
	}
}

// nameOf returns what a stack's first line calls its goroutine, whatever that does:
//
//	goroutine 18 [select, 2 minutes, synctest bubble 17]:
func nameOf(stack string) string {
	name, _, _ := strings.Cut(stack, " [")
	return name
}

// BubbleID returns the name that stacks give to the caller's bubble. It panics
// outside of one.
func BubbleID() string {
	head := make([]byte, 256)
	id := bubbleOf(string(head[:runtime.Stack(head, false)]))
	if id == "" {
		panic("probe: called outside a bubble")
	}
	return id
}

// bubbleOf returns the bubble that the first line of a stack names, "" if none:
//
//	goroutine 18 [select, 2 minutes, synctest bubble 17]:
func bubbleOf(stack string) string {
	head, _, _ := strings.Cut(stack, "\n")
	_, id, _ := strings.Cut(head, ", synctest bubble ")
	return id[:max(0, strings.IndexAny(id, " ]"))]
}

// Goroutines returns the stacks of all goroutines of the bubble id, the
// caller's first, without the two that belong to the bubble itself.
func Goroutines(id string) (stacks []string) {
	for g := range strings.SplitSeq(allStacks(), "\n\n") {
		if bubbleOf(g) == id && !ownedByBubble(g) {
			stacks = append(stacks, g)
		}
	}
	return stacks
}

func ownedByBubble(g string) bool {
	return strings.Contains(g, "internal/synctest.Run(") ||
		strings.Contains(g, "testing/synctest.testingSynctestTest(")
}

func allStacks() string {
	for size := 1 << 20; ; size *= 2 {
		b := make([]byte, size)
		if n := runtime.Stack(b, true); n < size {
			return strings.TrimSpace(string(b[:n]))
		}
	}
}
