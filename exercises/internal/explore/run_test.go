package explore

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/explore/testdata/bugs"
	"gorutinas/exercises/internal/probe"
)

func init() {
	for _, sc := range scenarios() {
		children[sc.name] = func(t *testing.T) { Run(t, sc.body) }
	}
	children["requirement"] = func(t *testing.T) {
		Run(t, func(s *S) {
			a := &bugs.SplitAccount{Balance: 1}
			s.Go(func() { _ = a.Withdraw(1) })
			s.Go(func() { _ = a.Withdraw(1) })
			s.Wait()
			require.Equal(t, 0, a.Balance)
		})
	}
	children["spins for long"] = func(t *testing.T) {
		Run(t, func(s *S) {
			w := new(bugs.Forever)
			s.Go(func() { w.Wait(2_500) })
			s.Wait()
		})
	}
	children["spins when it would fail"] = func(t *testing.T) {
		Run(t, func(s *S) {
			c, inside := new(bugs.LoadStoreCounter), new(atomic.Int32)
			for range 2 {
				s.Go(func() {
					inside.Add(1)
					defer inside.Add(-1)
					n := c.N.Load()
					if inside.Load() > 1 {
						new(bugs.Forever).Wait(2_500)
					}
					c.N.Store(n + 1)
				})
			}
			s.Wait()
			if n := c.N.Load(); n != 2 {
				s.Fail(1, "two Inc, then Load", n, 2)
			}
		})
	}
	children["spins for long and fails"] = func(t *testing.T) {
		Run(t, func(s *S) {
			w, c := new(bugs.Forever), new(bugs.LoadStoreCounter)
			s.Go(func() { w.Wait(2_500) })
			s.Go(c.Inc)
			s.Go(c.Inc)
			s.Wait()
			if n := c.N.Load(); n != 2 {
				s.Fail(1, "two Inc, then Load", n, 2)
			}
		})
	}
}

func TestReport(t *testing.T) {
	r := runChild(t, "split account")
	require.Equal(t, 1, r.exit, r.output)
	want := []probe.Finding{{
		Verdict: "fail", Code: "fail.got_want",
		Args: []string{"2", "two Withdraw(1) on a balance of 1", "both nil", "one ErrFunds"},
		Schedule: []probe.Step{
			{Goroutine: 1, File: "account.go", Line: 22, Op: "Lock"},
			{Goroutine: 1, File: "account.go", Line: 24, Op: "Unlock"},
			{Goroutine: 2, File: "account.go", Line: 22, Op: "Lock"},
			{Goroutine: 2, File: "account.go", Line: 24, Op: "Unlock"},
			{Goroutine: 2, File: "account.go", Line: 28, Op: "Lock"},
			{Goroutine: 2, File: "account.go", Line: 30, Op: "Unlock"},
			{Goroutine: 1, File: "account.go", Line: 28, Op: "Lock"},
			{Goroutine: 1, File: "account.go", Line: 30, Op: "Unlock"},
		},
	}}
	if diff := cmp.Diff(want, r.Findings); diff != "" {
		t.Error(diff)
	}
	const table = `
         goroutine 1          goroutine 2
         account.go:22 Lock
         account.go:24 Unlock
                              account.go:22 Lock
                              account.go:24 Unlock
                              account.go:28 Lock
                              account.go:30 Unlock
         account.go:28 Lock
         account.go:30 Unlock
`
	require.Contains(t, r.output, table)
}

func TestReportOfStuckGoroutines(t *testing.T) {
	r := runChild(t, "opposite orders")
	require.Len(t, r.Findings, 1, r.output)
	f := r.Findings[0]
	require.Equal(t, "deadlock", f.Verdict)
	require.Equal(t, probe.Step{Goroutine: 2, File: "account.go", Line: 111, Op: "Lock (waits)"}, f.Schedule[3])
	require.Equal(t, 2, strings.Count(f.Stack, "bugs.Transfer("), f.Stack)
	require.NotContains(t, f.Stack, "controller", "shows only the program's goroutines")
	require.Contains(t, f.Stack, "explore/sync.(*Mutex).Lock(")
	require.Len(t, f.Held, 2, "each waits for the lock of the other")
	require.Contains(t, f.Held[0].At, "bugs/account.go:111\n")
	require.Contains(t, f.Held[0].By, "bugs/account.go:109\n")
}

func TestReportOfPanic(t *testing.T) {
	r := runChild(t, "if around Wait")
	require.Len(t, r.Findings, 1, r.output)
	require.Equal(t, "panic", r.Findings[0].Verdict)
	require.Contains(t, r.Findings[0].Stack, "bugs.(*IfBox).Take")
	require.NotEmpty(t, r.Findings[0].Schedule)
}

func TestFailureOfTheTestItself(t *testing.T) {
	r := runChild(t, "requirement")
	require.Equal(t, 1, r.exit, r.output)
	require.Contains(t, r.output, "Not equal")
	require.Contains(t, r.output, "this order of steps led to it")
	require.Equal(t, 1, strings.Count(r.output, "Not equal"), "no second schedule runs")
}

func TestInconclusive(t *testing.T) {
	r := runChild(t, "spins for long")
	require.Equal(t, 0, r.exit, r.output)
	require.Equal(t, []string{flagInconclusive}, r.Flags)

	r = runChild(t, "spins for long and fails")
	require.Equal(t, 1, r.exit, r.output)
	require.Empty(t, r.Flags, "a schedule that spins is judged, too")
	require.Equal(t, "fail", r.Findings[0].Verdict)

	r = runChild(t, "spins when it would fail")
	require.Equal(t, 1, r.exit, r.output)
	require.Equal(t, "fail", r.Findings[0].Verdict)
	require.NotEmpty(t, r.Findings[0].Schedule)
}

func TestConclusive(t *testing.T) {
	for _, sc := range scenarios() {
		if sc.verdict != "" || sc.race && detector.Enabled {
			continue
		}
		r := runChild(t, sc.name)
		require.Equal(t, 0, r.exit, "%s: %s", sc.name, r.output)
		require.Empty(t, r.Flags, sc.name)
		require.Equal(t, 1, r.Passed, sc.name)
	}
}
