//go:build hidden

package cpubound_test

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
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
