//go:build hidden

package task_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
)

// play is bodies, which await and resolve numbered futures, and when other
// goroutines resolve the rest. Every body first awaits future 0.
type play struct {
	outside map[int]time.Duration
	bodies  []script
}

type script struct {
	name  string
	steps []step
}

// step is one of await, resolve and compute.
type step struct {
	op     string
	future int
	d      time.Duration // of compute
}

func await(i int) step             { return step{op: "await", future: i} }
func resolve(i int) step           { return step{op: "resolve", future: i} }
func compute(d time.Duration) step { return step{op: "compute", d: d} }

func (s step) String() string {
	if s.op == "compute" {
		return fmt.Sprint("compute ", s.d)
	}
	return fmt.Sprint(s.op, " f", s.future)
}

// named gives names to bodies: a, b, c and so on.
func named(bodies ...[]step) (all []script) {
	for i, steps := range bodies {
		all = append(all, script{fmt.Sprintf("%c", 'a'+i), append([]step{await(0)}, steps...)})
	}
	return all
}

func (p play) String() string {
	var parts []string
	for _, b := range p.bodies {
		parts = append(parts, fmt.Sprint(b.name, b.steps))
	}
	for _, i := range p.byTime() {
		parts = append(parts, fmt.Sprintf("f%d resolved from outside at %v", i, p.outside[i]))
	}
	return strings.Join(parts, ", ")
}

func (p play) byTime() (futures []int) {
	for i := range p.outside {
		futures = append(futures, i)
	}
	slices.SortFunc(futures, func(a, b int) int { return int(p.outside[a] - p.outside[b]) })
	return futures
}

// anyPlay returns a play whose bodies all end. Times are random to the nanosecond,
// so that no two moments are the same.
func anyPlay(r *rand.Rand) play {
	some := func() time.Duration { return time.Duration(1 + r.IntN(1e9)) }
	for {
		p := play{outside: map[int]time.Duration{0: some()}}
		bodies := make([][]step, 2+r.IntN(4))
		futures := 2 + r.IntN(6)
		for i := range bodies {
			for range 2 + r.IntN(4) {
				bodies[i] = append(bodies[i], await(1+r.IntN(futures)), compute(some()))
			}
		}
		for f := 1; f <= futures; f++ {
			if i := r.IntN(2 * len(bodies)); i < len(bodies) {
				bodies[i] = slices.Insert(bodies[i], r.IntN(len(bodies[i])+1), resolve(f))
			} else {
				p.outside[f] = 2 * some()
			}
		}
		p.bodies = named(bodies...)
		if _, ends := simulate(p); ends {
			return p
		}
	}
}

// moment is a line of the log: a body has begun (0) or done so many steps.
func moment(name string, done int, value any, at time.Duration) string {
	switch {
	case done == 0:
		return fmt.Sprintf("%s begins at %v", name, at)
	case value == nil:
		return fmt.Sprintf("%s has done its step %d at %v", name, done, at)
	}
	return fmt.Sprintf("%s has done its step %d at %v, and await gave %s", name, done, at, show(value))
}

// resolved is what future i is resolved with.
func resolved(i int) any { return 100 + i }

// actor is a body in the model.
type actor struct {
	script
	done int
	last any // value of the latest step
}

// model is the contract: who is in turn, and who awaits what.
type model struct {
	play
	now     time.Duration
	events  []int // futures yet to be resolved from outside, by time
	ready   []*actor
	waiting map[int][]*actor
	gone    map[int]bool // futures that are resolved
	log     []string
}

// simulate returns the log that the contract wants, and whether all bodies end.
func simulate(p play) (log []string, ends bool) {
	m := model{play: p, events: p.byTime(), waiting: map[int][]*actor{}, gone: map[int]bool{}}
	for _, b := range p.bodies {
		m.ready = append(m.ready, &actor{script: b})
	}
	for {
		for len(m.ready) == 0 && len(m.events) > 0 {
			m.advance(p.outside[m.events[0]])
		}
		if len(m.ready) == 0 {
			return m.log, len(m.waiting) == 0
		}
		a := m.ready[0]
		m.ready = m.ready[1:]
		m.turn(a)
	}
}

// advance lets time pass until then.
func (m *model) advance(until time.Duration) {
	for len(m.events) > 0 && m.outside[m.events[0]] <= until {
		i := m.events[0]
		m.events = m.events[1:]
		m.resolve(i)
	}
	m.now = max(m.now, until)
}

func (m *model) resolve(i int) {
	m.gone[i] = true
	for _, a := range m.waiting[i] {
		a.last = resolved(i)
		m.ready = append(m.ready, a)
	}
	delete(m.waiting, i)
}

// turn lets a run until it awaits a future that is not resolved.
func (m *model) turn(a *actor) {
	for {
		m.log = append(m.log, moment(a.name, a.done, a.last, m.now))
		if a.done == len(a.steps) {
			return
		}
		st := a.steps[a.done]
		a.done++
		a.last = nil
		switch {
		case st.op == "compute":
			m.advance(m.now + st.d)
		case st.op == "resolve":
			m.resolve(st.future)
		case m.gone[st.future]:
			a.last = resolved(st.future)
		default:
			m.waiting[st.future] = append(m.waiting[st.future], a)
			return
		}
	}
}

// follow performs the play in a bubble and compares with the model, to the first
// difference.
func follow(t *testing.T, p play) bool {
	t.Helper()
	if t.Failed() {
		return false
	}
	if p.outside == nil {
		p.outside = map[int]time.Duration{0: time.Second}
	}
	want, _ := simulate(p)
	probe.Bubble(t, func(t *testing.T) {
		var inside probe.Gauge
		got := perform(t, p, &inside)
		for i := range max(len(got), len(want)) {
			if g, w := entry(got, i), entry(want, i); g != w {
				probe.Fail(t, 2, fmt.Sprintf("event number %d when the bodies run: %v", i+1, p), g, w)
				return
			}
		}
		probe.Equal(t, 4, fmt.Sprintf("bodies that run at the same time of %v", p), inside.Peak(), 1)
	})
	return !t.Failed()
}

func entry(log []string, i int) string {
	if i < len(log) {
		return log[i]
	}
	return "nothing more"
}

// perform runs the play on a new loop and returns the log.
func perform(t *testing.T, p play, inside *probe.Gauge) []string {
	t.Helper()
	var log probe.Log[string]
	l, futures, start := newLoop(t), newFutures(t, 20), time.Now()
	do := func(st step, await waiter) any {
		switch st.op {
		case "compute":
			time.Sleep(st.d) // keeps its turn
		case "resolve":
			futures[st.future].Resolve(resolved(st.future))
		case "await":
			inside.Leave()
			defer inside.Enter()
			return await(futures[st.future])
		}
		return nil
	}
	for _, b := range p.bodies {
		l.Go(func(await waiter) any {
			inside.Enter()
			log.Add(moment(b.name, 0, nil, time.Since(start)))
			for i, st := range b.steps {
				v := do(st, await)
				log.Add(moment(b.name, i+1, v, time.Since(start)))
			}
			inside.Leave()
			return nil
		})
	}
	for i, d := range p.outside {
		time.AfterFunc(d, func() { futures[i].Resolve(resolved(i)) })
	}
	run(t.Context(), l)
	return log.All()
}
