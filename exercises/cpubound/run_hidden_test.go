//go:build hidden

package cpubound_test

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"gorutinas/exercises/cpubound"
	"gorutinas/exercises/internal/probe"
)

// run is a Map on a goroutine of its own.
type run struct {
	caller string // that goroutine
	n      int    // results
	err    error
	ended  bool
}

func begin(ctx context.Context, workers int, in []int, f func(int) int) *run {
	m := &run{}
	go func() {
		m.caller = goroutine()
		got, err := cpubound.Map(ctx, workers, in, f)
		m.n, m.err, m.ended = len(got), err, true
	}()
	return m
}

// gave waits until all stands still and fails t unless the Map has returned
// without an error.
func (m *run) gave(t *testing.T, call string, results int) {
	t.Helper()
	synctest.Wait()
	if !m.ended {
		probe.Failf(t, 2, "%s does not return", call)
		return
	}
	probe.Equal(t, 2, "number of results, and error, of "+call, fmt.Sprint(m.n, ", ", kind(m.err)), fmt.Sprint(results, ", nil"))
}

// goroutine returns what stacks call the goroutine that calls it.
func goroutine() string {
	head := make([]byte, 64)
	head = head[:runtime.Stack(head, false)]
	name, _, _ := bytes.Cut(head, []byte(" ["))
	return string(name)
}

// newest returns the highest number of the goroutines that it starts: so many that
// some processor must fetch a new batch of numbers, which are 16 each.
func newest() int {
	names := make(chan string)
	highest := 0
	for range 16*runtime.GOMAXPROCS(0) + 1 {
		go func() { names <- goroutine() }()
		n, _ := strconv.Atoi(strings.TrimPrefix(<-names, "goroutine "))
		highest = max(highest, n)
	}
	return highest
}

// results shows what Map returned, and nil as nil.
func results(got []int) string {
	if got == nil {
		return "nil"
	}
	return fmt.Sprint(got)
}
