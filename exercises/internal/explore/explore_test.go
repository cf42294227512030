package explore

import (
	"testing"
	"time"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/explore/testdata/bugs"
	"gorutinas/exercises/internal/probe"
)

// scenario is a body and what must be found in it, "" for nothing.
type scenario struct {
	name    string
	verdict string
	body    func(*S)
	race    bool // the race detector has something to say, too
}

func withdraw(a interface{ Withdraw(int) error }) func(*S) {
	return func(s *S) {
		var first, second error
		s.Go(func() { first = a.Withdraw(1) })
		s.Go(func() { second = a.Withdraw(1) })
		s.Wait()
		if first == nil && second == nil {
			s.Fail(2, "two Withdraw(1) on a balance of 1", "both nil", "one ErrFunds")
		}
	}
}

func count(c interface{ Inc() }, n func() int64) func(*S) {
	return func(s *S) {
		s.Go(c.Inc)
		s.Go(c.Inc)
		s.Wait()
		if n := n(); n != 2 {
			s.Fail(1, "two Inc, then Load", n, 2)
		}
	}
}

type cache interface {
	Get(key string, compute func() int) int
}

func computeOnce(c cache) func(*S) {
	return func(s *S) {
		var calls probe.Gauge
		get := func() { c.Get("k", func() int { calls.Enter(); return 1 }) }
		s.Go(get)
		s.Go(get)
		s.Wait()
		if n := calls.Total(); n != 1 {
			s.Fail(3, "calls of compute for one key", n, 1)
		}
	}
}

type box interface {
	Put(v int)
	Take() int
}

func take(b box) func(*S) {
	return func(s *S) {
		s.Go(func() { b.Take() })
		s.Go(func() { b.Take() })
		s.Go(func() { b.Put(1); b.Put(2) })
		s.Wait()
	}
}

func inFlight(pool func(int, ...func())) func(*S) {
	return func(s *S) {
		var g probe.Gauge
		job := func() { g.Enter(); s.Yield(); g.Leave() }
		pool(1, job, job, job)
		if p := g.Peak(); p > 1 {
			s.Fail(1, "jobs in flight with a limit of 1", p, 1)
		}
	}
}

func first(room int) func(*S) {
	return func(s *S) {
		_, err := bugs.First(s.Context(), room, func() int { return 1 }, func() int { return 2 })
		if err != nil {
			s.Fail(1, "First", err, nil)
		}
	}
}

func scenarios() []scenario {
	return []scenario{
		{"split account", "fail", func(s *S) { withdraw(&bugs.SplitAccount{Balance: 1})(s) }, false},
		{"account", "", func(s *S) { withdraw(&bugs.Account{Balance: 1})(s) }, false},
		{"load then store", "fail", func(s *S) { c := new(bugs.LoadStoreCounter); count(c, c.N.Load)(s) }, false},
		{"compare and swap", "", func(s *S) { c := new(bugs.Counter); count(c, c.N.Load)(s) }, false},
		{"computes twice", "fail", func(s *S) { computeOnce(new(bugs.TwiceCache))(s) }, false},
		{"computes once", "", func(s *S) { computeOnce(new(bugs.Cache))(s) }, false},
		{"early once", "fail", earlyOnce, false},
		{"opposite orders", "deadlock", func(s *S) {
			a, b := new(bugs.Account), new(bugs.Account)
			s.Go(func() { bugs.Transfer(a, b, 1) })
			s.Go(func() { bugs.Transfer(b, a, 1) })
			s.Wait()
		}, false},
		{"same order", "", func(s *S) {
			a, b := new(bugs.Account), new(bugs.Account)
			s.Go(func() { bugs.Transfer(a, b, 1) })
			s.Go(func() { bugs.Transfer(a, b, 1) })
			s.Wait()
		}, false},
		{"send on closed", "panic", func(s *S) {
			q := &bugs.ClosingQueue{C: make(chan int, 4)}
			s.Go(func() { _ = q.Put(1) })
			s.Go(q.Close)
			s.Wait()
		}, true},
		{"if around Wait", "panic", func(s *S) { take(bugs.NewIfBox())(s) }, false},
		{"for around Wait", "", func(s *S) { take(bugs.NewBox())(s) }, false},
		{"no room for the second", "leak", first(0), false},
		{"room for both", "", first(2), false},
		{"early release", "fail", inFlight(bugs.EarlyPool), false},
		{"late release", "", inFlight(bugs.Pool), false},
		{"either of two", "fail", either, false},
		{"timers of one instant", "fail", sameInstant, false},
		{"Add inside", "fail", func(s *S) {
			ran := false
			bugs.AddInside(func() { ran = true })
			if !ran {
				s.Failf(1, "Wait returned before f had run")
			}
		}, true},
		{"recursive RLock", "deadlock", func(s *S) {
			r := new(bugs.Recursive)
			s.Go(func() { r.Get() })
			s.Go(r.Inc)
			s.Wait()
		}, false},
		{"spin", "", func(s *S) {
			w := new(bugs.Spin)
			s.Go(w.Wait)
			s.Go(w.Wait)
			s.Go(w.Set)
			s.Wait()
		}, false},
	}
}

func earlyOnce(s *S) {
	o := new(bugs.EarlyOnce)
	var done probe.Gauge
	do := func() {
		o.Do(func() { s.Yield(); done.Enter() })
		if done.Total() == 0 {
			s.Failf(1, "Do returned before the first call's f had")
		}
	}
	s.Go(do)
	s.Go(do)
	s.Wait()
}

func either(s *S) {
	a, b := make(chan int, 1), make(chan int, 1)
	a <- 1
	b <- 2
	if bugs.Either(a, b) == 2 {
		s.Failf(1, "the second value came first")
	}
}

func sameInstant(s *S) {
	if bugs.FirstTimer(time.Second, time.Second) == 2 {
		s.Failf(1, "the second timer came first")
	}
}

func explorationOf(t *testing.T, body func(*S)) *exploration {
	return &exploration{options: defaults, t: t, body: body, seed: 1}
}

// TestFinds is the table of what -race alone misses, among others: wrong
// programs are found, right ones never.
func TestFinds(t *testing.T) {
	for _, sc := range scenarios() {
		t.Run(sc.name, func(t *testing.T) {
			if sc.race && detector.Enabled {
				t.Skip("is a data race")
			}
			r := explorationOf(t, sc.body)
			a := r.explore()
			t.Logf("%d schedules", r.tried)
			if sc.verdict == "" {
				passes(t, r, a)
			} else {
				fails(t, r, a, sc.verdict)
			}
		})
	}
}

func passes(t *testing.T, r *exploration, a *attempt) {
	t.Helper()
	if a != nil {
		t.Fatalf("schedule %d: %s\n%s", r.tried, a.failure.text, a.table())
	}
	if r.conclusive != r.tried {
		t.Errorf("%d of %d schedules came to an end", r.conclusive, r.tried)
	}
}

func fails(t *testing.T, r *exploration, a *attempt, verdict string) {
	t.Helper()
	if a == nil || a.failure.Verdict != verdict {
		t.Fatalf("got %+v after %d schedules, want verdict %q", a, r.tried, verdict)
	}
	tried := r.tried
	short := r.shrink(a)
	if !short.failsLike(a) || short.control.log.cost() > a.control.log.cost() {
		t.Errorf("shrinking made it worse: %+v", short.failure)
	}
	if tried > 30 {
		t.Errorf("found after %d schedules", tried)
	}
	t.Logf("%s\n%s", short.failure.text, short.table())
}
