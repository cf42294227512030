package coroutine_test

import (
	"fmt"
	"testing"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/coroutine"
)

// TestSeed is the program of the notes: next starts the coroutine, send hands a
// value to the yield that waits.
func TestSeed(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		c := coroutine.New(func(_ string, yield func(string) string) string {
			hello := yield("I am a coroutine")
			return hello
		})
		if c == nil {
			probe.Failf(t, 1, "New(body) returned nil")
			return
		}
		probe.Equal(t, 1, `Resume("")`, show(c.Resume("")), "I am a coroutine, true")
		probe.Equal(t, 1, `Resume(", based on generators")`, show(c.Resume(", based on generators")), ", based on generators, true")
		probe.Equal(t, 1, "Resume after the end", show(c.Resume("")), ", false")
	})
}

// TestAverage consumes numbers and hands out their average so far. It has no end of
// its own: Stop ends it, and its deferred call runs.
func TestAverage(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		cleanedUp := false
		c := coroutine.New(func(in float64, yield func(float64) float64) float64 {
			defer func() { cleanedUp = true }()
			sum := 0.0
			for n := 1.0; ; n++ {
				sum += in
				in = yield(sum / n)
			}
		})
		if c == nil {
			probe.Failf(t, 1, "New(body) returned nil")
			return
		}
		probe.Equal(t, 1, "Resume(10)", show(c.Resume(10)), "10, true")
		probe.Equal(t, 1, "Resume(20)", show(c.Resume(20)), "15, true")
		probe.Equal(t, 1, "Resume(60)", show(c.Resume(60)), "30, true")
		c.Stop()
		probe.Equal(t, 2, "the deferred call has run when Stop returns", cleanedUp, true)
		probe.Equal(t, 2, "Resume(1) after Stop", show(c.Resume(1)), "0, false")
	})
}

// TestPanicOfBody shows that a panic in body is one of Resume.
func TestPanicOfBody(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		c := coroutine.New(func(in int, yield func(int) int) int {
			return in / yield(in)
		})
		if c == nil {
			probe.Failf(t, 1, "New(body) returned nil")
			return
		}
		probe.Equal(t, 1, "Resume(7)", show(c.Resume(7)), "7, true")
		probe.Equal(t, 3, "what recover gives after Resume(0), which divides by it",
			fmt.Sprint(probe.Recovered(func() { c.Resume(0) })), "runtime error: integer divide by zero")
		probe.Equal(t, 3, "Resume after the panic", show(c.Resume(1)), "0, false")
	})
}

func show[T any](v T, ok bool) string { return fmt.Sprintf("%v, %t", v, ok) }
