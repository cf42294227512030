package sayafter_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/sayafter"
)

var helloWorld = []sayafter.Line{
	{After: 1 * time.Second, Text: "hello"},
	{After: 2 * time.Second, Text: "world"},
}

// One after the other: hello after 1 s, world 2 s later. The clock is virtual:
// the test takes no time, and the moments are exact.
func TestHelloWorldInTurn(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		heard, say := listen()
		probe.Equal(t, 1, "InTurn(ctx, 1s hello, 2s world, say)", probe.ErrorName(sayafter.InTurn(t.Context(), helloWorld, say)), "nil")
		wantHeard(t, 1, "InTurn(ctx, 1s hello, 2s world, say)", *heard, []string{"hello at 1s", "world at 3s"})
	})
}

// Both waits at once: world comes 2 s after the start.
func TestHelloWorldAtOnce(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		heard, say := listen()
		probe.Equal(t, 2, "AtOnce(ctx, 1s hello, 2s world, say)", probe.ErrorName(sayafter.AtOnce(t.Context(), helloWorld, say)), "nil")
		wantHeard(t, 2, "AtOnce(ctx, 1s hello, 2s world, say)", *heard, []string{"hello at 1s", "world at 2s"})
	})
}

// The context ends after 1.5 s: world is not said, and nobody waits for it.
func TestInterrupted(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		heard, say := listen()
		start := time.Now()
		err := sayafter.AtOnce(ctx, helloWorld, say)
		probe.Equal(t, 4, "time AtOnce takes when ctx ends after 1.5s", time.Since(start), 1500*time.Millisecond)
		probe.Equal(t, 4, "AtOnce(ctx that ends after 1.5s, 1s hello, 2s world, say)", probe.ErrorName(err), "context.DeadlineExceeded")
		wantHeard(t, 4, "AtOnce(ctx that ends after 1.5s, 1s hello, 2s world, say)", *heard, []string{"hello at 1s"})
	})
}

// listen returns a say function and what it has heard, with the moments.
func listen() (heard *[]string, say func(string)) {
	start := time.Now()
	heard = new([]string)
	return heard, func(text string) {
		*heard = append(*heard, fmt.Sprint(text, " at ", time.Since(start)))
	}
}

func wantHeard(t *testing.T, contract int, call string, heard, want []string) {
	t.Helper()
	if !slices.Equal(heard, want) {
		probe.Fail(t, contract, "what "+call+" said", heard, want)
	}
}
