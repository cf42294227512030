package gather_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/gather"
	"gorutinas/exercises/internal/probe"
)

var errNoPage = errors.New("no such page")

// io sleeps three times, as the task of the statement does, and returns a
// number. In a bubble the clock is virtual: a second costs nothing.
func io(number int) gather.Task[int] {
	return func(context.Context) (int, error) {
		for range 3 {
			time.Sleep(time.Second)
		}
		return number, nil
	}
}

// Three tasks of 3 s each, together in 3 s.
func TestThreeTimesThreeSeconds(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		start := time.Now()
		numbers, err := gather.Gather(t.Context(), io(10), io(20), io(30))
		probe.Equal(t, 1, "time that Gather(ctx, io(10), io(20), io(30)) takes", time.Since(start), 3*time.Second)
		if want := []int{10, 20, 30}; !slices.Equal(numbers, want) {
			probe.Fail(t, 1, "Gather(ctx, io(10), io(20), io(30))", numbers, want)
		}
		probe.Equal(t, 1, "the error of Gather(ctx, io(10), io(20), io(30))", kind(err), "nil")
	})
}

// A task fails after 1 s: the other one, which would take 3 s, sees its context
// done and ends early, and the error of the first comes back.
func TestOneFails(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		fails := func(context.Context) (int, error) {
			time.Sleep(time.Second)
			return 0, errNoPage
		}
		patient := func(ctx context.Context) (int, error) {
			select {
			case <-ctx.Done():
				return 0, ctx.Err()
			case <-time.After(3 * time.Second):
				return 20, nil
			}
		}
		start := time.Now()
		_, err := gather.Gather(t.Context(), fails, patient)
		probe.Equal(t, 2, "time that Gather(ctx, fails after 1s, patient) takes", time.Since(start), time.Second)
		probe.Equal(t, 2, "the error of Gather(ctx, fails after 1s, patient)", kind(err), "errNoPage")
	})
}

// Settle does not mind: the other task takes its 3 s, and both outcomes come back.
func TestSettleKeepsGoing(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		fails := func(context.Context) (int, error) { return 0, errNoPage }
		start := time.Now()
		got := gather.Settle(t.Context(), fails, io(20))
		probe.Equal(t, 3, "time that Settle(ctx, fails, io(20)) takes", time.Since(start), 3*time.Second)
		if !probe.Equal(t, 3, "outcomes of Settle(ctx, fails, io(20))", len(got), 2) {
			return
		}
		probe.Equal(t, 3, "outcome 0, its Err", kind(got[0].Err), "errNoPage")
		probe.Equal(t, 3, "outcome 1, its Value", got[1].Value, 20)
		probe.Equal(t, 3, "outcome 1, its Err", kind(got[1].Err), "nil")
	})
}

// kind is err's name in these tests. It may come wrapped.
func kind(err error) string {
	return probe.ErrorName(err, probe.Named{Name: "errNoPage", Err: errNoPage})
}
