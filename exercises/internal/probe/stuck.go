package probe

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A goroutine that waits for a lock keeps the time of its bubble from moving on,
// and no deadlock is found while one does. For the hidden tests the grader builds
// programs with locks that have neither flaw, and it ends whatever hangs. go test
// does neither, and would only end at its timeout, after ten minutes.

// explainLocks ends the process, and says why, when all goroutines of a bubble
// wait and one of them does so for a lock. It looks at them every second of real
// time until stop is called.
func explainLocks(t *testing.T, bubble *atomic.Value) (stop func()) {
	if graded {
		return func() {}
	}
	done := make(chan struct{})
	go func() {
		ticker := time.NewTicker(time.Second)
		defer ticker.Stop()
		for {
			select {
			case <-done:
				return
			case <-ticker.C:
			}
			id, begun := bubble.Load().(string)
			if !begun {
				continue
			}
			others := strings.Split(allStacks(), "\n\n")[1:] // the caller comes first
			if stuck := stuckOnLock(others, id); stuck != "" {
				fmt.Printf("--- FAIL: %s\n"+stuckText+"\n\n%s\n", t.Name(), studentsLine(stuck), stuck)
				os.Exit(1)
			}
		}
	}()
	return func() { close(done) }
}

const stuckText = `    deadlock: a goroutine waits for a lock%s, and everything else waits too, so nobody
    will unlock it. Should its holder wait for time to pass: time is virtual here and
    stands still while anybody waits for a lock. The hidden tests know no such limit.`

var (
	state   = regexp.MustCompile(`^goroutine \d+ \[([^],]*)`)
	waiting = regexp.MustCompile(`^(sleep|chan |select|sync\.|semacquire|synctest\.|coroutine)`) // not for the machine
	locked  = regexp.MustCompile(`^(sync\.(Mutex|RWMutex)\.|semacquire)`)
	line    = regexp.MustCompile(`/exercises/\w+/(\w+\.go:\d+)`)
)

// studentsLine names the first line of an exercise's files in stacks, if one is
// there.
func studentsLine(stacks string) string {
	for _, m := range line.FindAllStringSubmatch(stacks, -1) {
		if !strings.Contains(m[1], "_test.go:") {
			return " at " + m[1]
		}
	}
	return ""
}

// stuckOnLock returns those of stacks that belong to the bubble, first those that
// wait for a lock, when there are such and nobody is left who could unlock it: all
// others in the bubble wait, and so does everything outside, not even for time to
// pass. Else it returns "". This is no matter of how long they have waited: stacks
// are of one moment.
func stuckOnLock(stacks []string, bubble string) string {
	var first, others []string
	for _, s := range stacks {
		m := state.FindStringSubmatch(s)
		inside := bubbleOf(s) == bubble
		switch {
		case m == nil || !waiting.MatchString(m[1]) || !inside && m[1] == "sleep":
			return ""
		case !inside || ownedByBubble(s):
		case locked.MatchString(m[1]):
			first = append(first, s)
		default:
			others = append(others, s)
		}
	}
	if first == nil {
		return ""
	}
	return strings.Join(append(first, others...), "\n\n")
}
