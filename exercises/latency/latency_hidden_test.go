//go:build hidden

package latency_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/latency"
)

// The API, to the letter.
var (
	_ func(latency, work time.Duration) int                                                          = latency.InFlight
	_ func(context.Context, time.Duration, ...replica) (int, error)                                  = latency.Hedged[int]
	_ func(context.Context, time.Duration, ...func(context.Context) (string, error)) (string, error) = latency.Hedged[string]
)

type replica = func(context.Context) (int, error)

func TestInFlight(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Equal(t, 1, "InFlight(5s, 1ns)", latency.InFlight(5*time.Second, 1), 5_000_000_001)
	for i := range 50 {
		work := time.Duration(2 + r.IntN(1_000_000))
		whole := i * r.IntN(20) // at first the latency is less than the work
		for _, over := range []time.Duration{0, 1, work - 1} {
			wait := time.Duration(whole)*work + over
			want := 1 + whole + min(int(over), 1)
			if !probe.Equal(t, 1, fmt.Sprintf("InFlight(%v, %v)", wait, work), latency.InFlight(wait, work), want) {
				return
			}
		}
	}
}

// What makes no sense is refused on the caller's goroutine, before any call.
func TestRefused(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	some := time.Duration(1 + r.IntN(1_000_000))
	probe.Equal(t, 1, "InFlight(0, 1ns)", latency.InFlight(0, 1), 1)
	probe.WantPanic(t, 1, "InFlight(1ms, 0)", func() { latency.InFlight(time.Millisecond, 0) })
	probe.WantPanic(t, 1, fmt.Sprintf("InFlight(1ms, -%v)", some), func() { latency.InFlight(time.Millisecond, -some) })
	probe.WantPanic(t, 1, fmt.Sprintf("InFlight(-%v, 1ms)", some), func() { latency.InFlight(-some, time.Millisecond) })
	probe.Bubble(t, nilReplica)
}

func TestWhenCalled(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	ms := time.Millisecond
	for _, p := range []plan{
		{10 * ms, []script{{takes: 25 * ms, ok: true}, {takes: 25 * ms, ok: true}, {takes: 25 * ms, ok: true}, {takes: 25 * ms, ok: true}}},
		{10 * ms, []script{{takes: 3 * ms}, {takes: 25 * ms}, {takes: 99 * ms, ok: true}, {takes: 99 * ms, ok: true}, {takes: 99 * ms, ok: true}}},
		{10 * ms, []script{{takes: 999 * ms, ok: true}}},
		{far, []script{{takes: 3 * ms}, {takes: 4 * ms}, {takes: 5 * ms, ok: true}, {takes: ms, ok: true}}},
	} {
		p.follow(t)
	}
	for range 30 {
		randomPlan(r, 4).follow(t)
	}
	for _, only := range []struct {
		does string
		replica
	}{
		{"succeeds after 1h", answer(7, time.Hour)},
		{"calls Hedged itself", func(ctx context.Context) (int, error) { return latency.Hedged(ctx, time.Second, answer(7, ms)) }},
	} {
		probe.Bubble(t, func(t *testing.T) {
			got, err := latency.Hedged(t.Context(), time.Second, only.replica)
			probe.Equal(t, 2, fmt.Sprintf("Hedged(ctx, 1s, one that %s)", only.does), fmt.Sprint(got, ", ", probe.ErrorName(err)), "7, nil")
		})
	}
	probe.Bubble(t, impatient)
	probe.Bubble(t, nothing)
	probe.Bubble(t, errorAsValue)
	for _, own := range []error{context.Canceled, context.DeadlineExceeded} {
		probe.Bubble(t, func(t *testing.T) { failsOfItsOwn(t, own) })
	}
	for _, n := range []int{2, 5} {
		if !t.Failed() {
			explore.Run(t, failTogether(n), explore.Schedules(200))
		}
	}
}

// impatient has no patience at all: each replica follows at once.
func impatient(t *testing.T) {
	start := time.Now()
	got, err := latency.Hedged(t.Context(), 0, answer(1, time.Hour), answer(7, time.Millisecond))
	took := time.Since(start).Round(time.Microsecond) // to wait for a nanosecond is as good
	shown := fmt.Sprint(got, ", ", probe.ErrorName(err), " after ", took)
	probe.Equal(t, 2, "Hedged(ctx, 0, one that succeeds after 1h, one that succeeds after 1ms)", shown, "7, nil after 1ms")
}

// failsOfItsOwn has a replica whose error looks like that of ctx, which is not done:
// it is a failure like any other.
func failsOfItsOwn(t *testing.T, own error) {
	got, err := latency.Hedged(t.Context(), far, failing(own), answer(7, time.Second))
	call := fmt.Sprintf("Hedged(ctx, 5h, one that fails with %s of its own, one that succeeds after 1s)", probe.ErrorName(own))
	probe.Equal(t, 2, call, fmt.Sprint(got, ", ", probe.ErrorName(err)), "7, nil")
}

// randomPlan draws times to the nanosecond, so that no two events coincide.
func randomPlan(r *rand.Rand, oneIn int) plan {
	p := plan{patience: time.Duration(1 + r.Int64N(int64(3*time.Second)))}
	for range 1 + r.IntN(6) {
		p.scripts = append(p.scripts, script{time.Duration(r.Int64N(int64(10 * time.Second))), oneIn > 0 && r.IntN(oneIn) == 0})
	}
	return p
}

func TestAllFailed(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for range 10 {
		randomPlan(r, 0).allFail(t)
	}
	probe.Bubble(t, func(t *testing.T) { // errors are no less when they look alike, or like ctx's
		errs := []error{errors.New("refused"), errors.New("refused"), fmt.Errorf("gone: %w", context.Canceled)}
		_, err := latency.Hedged(t.Context(), time.Second, failing(errs[0]), failing(errs[1]), failing(errs[2]))
		if !joins(err, errs) {
			probe.Failf(t, 3, "the error of Hedged does not join those of its three replicas: two different ones with the same text, and one that wraps context.Canceled")
		}
	})
	probe.Bubble(t, func(t *testing.T) { // errors need not be comparable
		many := several{errors.New("refused"), errors.New("gone")}
		if _, err := latency.Hedged(t.Context(), time.Second, failing(many), failing(many)); !joins(err, many) {
			probe.Failf(t, 3, "the error of Hedged does not join those of its replicas, which are slices of errors")
		}
	})
	probe.Bubble(t, sameKind)
	probe.Bubble(t, func(t *testing.T) {
		_, err := latency.Hedged[int](t.Context(), time.Second)
		if err == nil {
			probe.Fail(t, 3, "error of Hedged(ctx, 1s) without replicas", "nil", "an error")
		}
	})
}

// Five replicas run when the last one wins, and one has failed before. None is
// waited for, and all of them learn at that moment that they are not needed.
func TestLosers(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	probe.Bubble(t, func(t *testing.T) {
		start := time.Now()
		var told probe.Log[time.Duration]
		var values probe.Log[any]
		gate := probe.NewGate()
		loser := func(ctx context.Context) (int, error) {
			values.Add(ctx.Value(key{}))
			context.AfterFunc(ctx, func() { told.Add(time.Since(start)) })
			gate.Pass()
			return 1, nil
		}
		takes := time.Duration(1 + r.IntN(1000))
		ctx := context.WithValue(t.Context(), key{}, "of the caller")
		got, err := latency.Hedged(ctx, time.Second, loser, failing(errOwn), loser, loser, loser, answer(7, takes))
		probe.Equal(t, 2, "Hedged whose second replica fails and whose sixth one wins", fmt.Sprint(got, ", ", probe.ErrorName(err)), "7, nil")
		wins := 4*time.Second + takes
		probe.Equal(t, 2, "time of Hedged whose second replica fails and whose sixth one wins", time.Since(start), wins)
		synctest.Wait()
		if got := told.All(); !slices.Equal(got, []time.Duration{wins, wins, wins, wins}) {
			untold(t, got, values.Len(), wins)
		}
		if got := fmt.Sprint(values.All()); got != "[of the caller of the caller of the caller of the caller]" {
			probe.Failf(t, 2, "the contexts of the replicas are not derived from ctx")
		}
		gate.Open()
	})
	probe.Bubble(t, nobodyFollows)
	if !t.Failed() {
		explore.Run(t, toldByThen, explore.Schedules(100))
	}
}

// Replicas that take no notice of their contexts keep their own goroutines, and
// nothing else.
func TestLateResults(t *testing.T) {
	probe.Check(t)
	late(t, "another has won", 2, func(t *testing.T, slow replica) {
		got, err := latency.Hedged(t.Context(), time.Second, slow, slow, answer(7, time.Minute), slow)
		probe.Equal(t, 2, "Hedged whose third of four replicas wins", fmt.Sprint(got, ", ", probe.ErrorName(err)), "7, nil")
	}, 3)
	late(t, "another has won", 2, func(t *testing.T, slow replica) {
		got, err := latency.Hedged(t.Context(), far, answer(7, time.Minute), slow, slow)
		probe.Equal(t, 2, "Hedged whose first replica wins", fmt.Sprint(got, ", ", probe.ErrorName(err)), "7, nil")
	}, 0)
	late(t, "another has won", 2, func(t *testing.T, slow replica) {
		got, err := latency.Hedged(t.Context(), time.Second, append(slices.Repeat([]replica{slow}, 100), answer(7, time.Minute))...)
		probe.Equal(t, 2, "Hedged whose last of 101 replicas wins", fmt.Sprint(got, ", ", probe.ErrorName(err)), "7, nil")
	}, 100)
	late(t, "ctx has ended", 3, func(t *testing.T, slow replica) {
		ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
		defer cancel()
		start := time.Now()
		_, err := latency.Hedged(ctx, time.Second, slow, slow, slow, slow, slow)
		ended := fmt.Sprint(probe.ErrorName(err), " after ", time.Since(start))
		probe.Equal(t, 3, "error of Hedged with ctx done after 2.5s", ended, "context.DeadlineExceeded after 2.5s")
	}, 3)
	probe.Bubble(t, failsWhileAnotherRuns)
}

func TestContextDone(t *testing.T) {
	probe.Check(t)
	r := probe.Rand(t)
	for _, deaf := range []bool{false, true} {
		for _, after := range []time.Duration{0, 500 * time.Millisecond, 2500 * time.Millisecond, time.Duration(5000+r.IntN(999)) * time.Millisecond} {
			cancelled(t, after, deaf, 4)
		}
		cancelled(t, 500*time.Millisecond, deaf, 1)
	}
	probe.Bubble(t, tooLate)
	for others := range 2 {
		if !t.Failed() {
			explore.Run(t, endsWithCtx(others), explore.Schedules(200))
		}
	}
	if !t.Failed() {
		explore.Run(t, anyMoment, explore.Schedules(200))
	}
}

func TestNoDataRaces(t *testing.T) {
	probe.Check(t)
	const n = 12
	probe.Bubble(t, callersSlice)
	probe.Bubble(t, func(t *testing.T) {
		probe.Parallel(t, n, func(i int) {
			replicas, errs := atTheSameTime(n)
			if i%2 == 0 { // one of the replicas that end together succeeds
				replicas[i] = answer(i, time.Duration(n-i)*time.Second)
			}
			got, err := latency.Hedged(t.Context(), time.Second, replicas...)
			switch {
			case i%2 == 0 && (got != i || err != nil):
				probe.Fail(t, 2, "one of 12 calls at once, in which one replica succeeds", fmt.Sprint(got, ", ", probe.ErrorName(err)), fmt.Sprint(i, ", nil"))
			case i%2 == 1 && !joins(err, errs):
				probe.Failf(t, 3, "the error of one of 12 calls at once, in which all replicas fail at the same time, does not join theirs")
			}
		})
	})
}

// atTheSameTime returns replicas that all fail at the same moment when they are
// called once a second.
func atTheSameTime(n int) (replicas []replica, errs []error) {
	for i := range n {
		err := fmt.Errorf("replica %d", i)
		errs = append(errs, err)
		replicas = append(replicas, func(context.Context) (int, error) {
			time.Sleep(time.Duration(n-i) * time.Second)
			return 0, err
		})
	}
	return replicas, errs
}
