//go:build hidden

package c10k_test

import (
	"fmt"
	"io"
	"runtime"
	"testing"
	"testing/synctest"

	"gorutinas/exercises/internal/probe"
)

// limit is what an idle connection may cost, in bytes.
const limit = 16 << 10

// greets says a line and ends the test unless the reply is right.
func (c *client) greets(t *testing.T) {
	t.Helper()
	reply := make([]byte, len("<hello>\n"))
	c.say("hello\n")
	_, err := io.ReadFull(c.Conn, reply)
	if err != nil || string(reply) != "<hello>\n" {
		probe.Fail(t, 1, fmt.Sprintf("reply on one of %d connections", many), fmt.Sprintf("%q", reply), `"<hello>\n"`)
		t.FailNow()
	}
}

// inUse is how many bytes of the heap, and of heap and stacks, are in use once
// everything stands still. It counts live objects, not the pages that they lie in,
// so that it does not depend on how what is gone has left those. Collecting
// repeatedly empties pools and shrinks stacks.
func inUse() (heap, all int) {
	synctest.Wait()
	for range 3 {
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc), int(m.HeapAlloc + m.StackInuse)
}
