//go:build hidden

package cpubound_test

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"testing"

	"gorutinas/exercises/cpubound"
	"gorutinas/exercises/internal/probe"
)

// run is a Map on a goroutine of its own.
type run struct {
	caller string        // that goroutine
	ended  chan struct{} // closed when the Map has returned
	n      int           // results
	err    error
}

func begin(ctx context.Context, workers int, in []int, f func(int) int) *run {
	m := &run{ended: make(chan struct{})}
	go func() {
		defer close(m.ended)
		m.caller = probe.Goroutine()
		got, err := cpubound.Map(ctx, workers, in, f)
		m.n, m.err = len(got), err
	}()
	return m
}

// gave waits for the Map to return and fails t unless it does so without an error.
func (m *run) gave(t *testing.T, call string, results int) {
	t.Helper()
	if probe.Next(m.ended) != "closed" {
		probe.Failf(t, 2, "%s does not return", call)
		return
	}
	probe.Equal(t, 2, "number of results, and error, of "+call, fmt.Sprint(m.n, ", ", probe.ErrorName(m.err)), fmt.Sprint(results, ", nil"))
}

// newest returns the highest number of the goroutines that it starts: so many that
// some processor must fetch a new batch of numbers, which are 16 each.
func newest() int {
	names := make(chan string)
	highest := 0
	for range 16*runtime.GOMAXPROCS(0) + 1 {
		go func() { names <- probe.Goroutine() }()
		n, _ := strconv.Atoi(<-names)
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

// noneForNothing gives Map nothing to do, with a ctx that does not end and that a
// goroutine follows for whoever does not let go of it.
func noneForNothing(t *testing.T) {
	t.Helper()
	probe.Bubble(t, func(t *testing.T) {
		begin(probe.Foreign(t.Context()), 3, []int{}, func(int) int { return 0 }).gave(t, "Map(ctx, 3, [], f)", 0)
		probe.NoneLeft(t, "Map(ctx, 3, [], f)")
	})
}
