//go:build hidden

package scheduler_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/scheduler"
)

// script is what a body does, one step after the other.
type script struct {
	name  string
	steps []step
}

// step is one of yield, sleep, compute and spawn.
type step struct {
	op   string
	d    time.Duration // of sleep and compute
	body script        // of spawn
}

var yield = step{op: "Yield"}

func sleep(d time.Duration) step   { return step{op: "Sleep", d: d} }
func compute(d time.Duration) step { return step{op: "compute", d: d} }
func spawn(b script) step          { return step{op: "Spawn", body: b} }

func body(name string, steps ...step) script { return script{name, steps} }

// bodies are n scripts, named a, b, c and so on to z, and on with a', b', c'.
func bodies(n int, steps func(i int) []step) (all []script) {
	for i := range n {
		name := fmt.Sprintf("%c%s", 'a'+i%26, strings.Repeat("'", i/26))
		all = append(all, script{name, steps(i)})
	}
	return all
}

func (b script) String() string {
	var list []string
	for _, st := range b.steps {
		switch st.op {
		case "Yield":
			list = append(list, "Yield")
		case "Spawn":
			list = append(list, fmt.Sprintf("Spawn %v", st.body))
		default:
			list = append(list, fmt.Sprintf("%s %v", st.op, st.d))
		}
	}
	return fmt.Sprintf("%s(%s)", b.name, strings.Join(list, ", "))
}

// moment is a line of the log: a body begins (0) or has done so many steps.
func moment(name string, done int, at time.Duration) string {
	if done == 0 {
		return fmt.Sprintf("%s begins at %v", name, at)
	}
	return fmt.Sprintf("%s has done its step %d at %v", name, done, at)
}

// stage is where scripts are performed on a scheduler.
type stage struct {
	s      *scheduler.Scheduler
	start  time.Time
	log    probe.Log[string]
	inside probe.Gauge
}

// perform runs the scripts on a new scheduler.
func perform(scripts []script) *stage {
	g := &stage{s: scheduler.New(), start: time.Now()}
	for _, b := range scripts {
		g.s.Spawn(g.body(b))
	}
	g.s.Run()
	return g
}

func (g *stage) body(b script) func(*scheduler.Coro) {
	return func(c *scheduler.Coro) {
		g.inside.Enter()
		g.log.Add(moment(b.name, 0, time.Since(g.start)))
		for i, st := range b.steps {
			g.do(c, st)
			g.log.Add(moment(b.name, i+1, time.Since(g.start)))
		}
		g.inside.Leave()
	}
}

func (g *stage) do(c *scheduler.Coro, st step) {
	switch st.op {
	case "compute":
		time.Sleep(st.d) // keeps its turn
	case "Spawn":
		g.s.Spawn(g.body(st.body))
	case "Yield":
		g.inside.Leave()
		c.Yield()
		g.inside.Enter()
	case "Sleep":
		g.inside.Leave()
		c.Sleep(st.d)
		g.inside.Enter()
	}
}

// actor is a body in the model.
type actor struct {
	script
	done int
	wake time.Duration
}

// model is the contract: who is in turn, and who sleeps.
type model struct {
	now    time.Duration
	ready  []*actor
	asleep []*actor // in order of going to sleep
	log    []string
}

// simulate returns the log that the contract wants.
func simulate(scripts []script) []string {
	var m model
	for _, b := range scripts {
		m.ready = append(m.ready, &actor{script: b})
	}
	for m.wake(); len(m.ready) > 0; m.wake() {
		a := m.ready[0]
		m.ready = m.ready[1:]
		m.turn(a)
	}
	return m.log
}

// wake gives sleepers their places, those that have waited long first. When
// nobody is in turn, time goes on to the next wake-up.
func (m *model) wake() {
	slices.SortStableFunc(m.asleep, func(a, b *actor) int { return int(a.wake - b.wake) })
	if len(m.ready) == 0 && len(m.asleep) > 0 {
		m.now = max(m.now, m.asleep[0].wake)
	}
	for len(m.asleep) > 0 && m.asleep[0].wake <= m.now {
		m.ready = append(m.ready, m.asleep[0])
		m.asleep = m.asleep[1:]
	}
}

// join lets a go last: after those that have woken up by now.
func (m *model) join(a *actor) {
	due := func(b *actor) bool { return b.wake <= m.now }
	if slices.ContainsFunc(m.asleep, due) {
		m.wake()
	}
	m.ready = append(m.ready, a)
}

// turn lets a run until it gives up its turn.
func (m *model) turn(a *actor) {
	for {
		m.log = append(m.log, moment(a.name, a.done, m.now))
		if a.done == len(a.steps) {
			return
		}
		st := a.steps[a.done]
		a.done++
		switch {
		case st.op == "compute":
			m.now += st.d
		case st.op == "Spawn":
			m.join(&actor{script: st.body})
		case st.op == "Sleep" && st.d > 0:
			a.wake = m.now + st.d
			m.asleep = append(m.asleep, a)
			return
		default:
			m.join(a)
			return
		}
	}
}

// follow performs the scripts in a bubble and compares with the model, to the
// first difference.
func follow(t *testing.T, contract int, scripts ...script) {
	t.Helper()
	if t.Failed() {
		return
	}
	want := simulate(scripts)
	probe.Bubble(t, func(t *testing.T) {
		g := perform(scripts)
		got := g.log.All()
		for i := range max(len(got), len(want)) {
			g, w := entry(got, i), entry(want, i)
			if g != w {
				probe.Fail(t, sentence(contract, scripts, g, w), fmt.Sprintf("event number %d when %s run", i+1, cast(scripts, g, w)), g, w)
				return
			}
		}
		probe.Equal(t, 1, "bodies that run at the same time of "+cast(scripts), g.inside.Peak(), min(len(scripts), 1))
	})
}

// sentence is the number of the contract's sentence that wants the entry w where g
// came. Of two bodies at one moment those that wake up have their places by sentence 2,
// all others by sentence 1; what happens at another moment breaches what is looked at.
func sentence(contract int, scripts []script, g, w string) int {
	_, at, _ := strings.Cut(w, " at ")
	switch {
	case !strings.HasSuffix(g, " at "+at):
		return contract
	case wakesUp(scripts, g), wakesUp(scripts, w):
		return 2
	}
	return 1
}

// wakesUp says whether the step of which an entry tells is a Sleep.
func wakesUp(scripts []script, entry string) bool {
	_, rest, _ := strings.Cut(entry, " ")
	done := 0
	_, _ = fmt.Sscanf(rest, "has done its step %d", &done)
	for _, b := range scripts {
		for i, st := range b.steps {
			if st.op == "Spawn" && wakesUp([]script{st.body}, entry) || b.name == entryName(entry) && i+1 == done && st.op == "Sleep" {
				return true
			}
		}
	}
	return false
}

// cast tells of the bodies, in few words: when they are many, of those of which the
// entries tell, or that bring those in.
func cast(scripts []script, entries ...string) string {
	const few, short = 160, 70
	if all := fmt.Sprint(scripts); len(all) <= few {
		return "the bodies " + all
	}
	var some []string
	for _, b := range scripts {
		text := b.String()
		if !slices.ContainsFunc(entries, func(e string) bool { return strings.Contains(text, entryName(e)+"(") }) {
			continue
		}
		if len(text) > short {
			text = cutLast(text[:short], ",") + ", and so on)"
		}
		some = append(some, text)
	}
	if some == nil {
		return fmt.Sprintf("%d bodies", len(scripts))
	}
	return fmt.Sprintf("%d bodies, among them %s,", len(scripts), strings.Join(some, " and "))
}

// cutLast returns what is before the last sep in s, all of s when there is none.
func cutLast(s, sep string) string {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i]
	}
	return s
}

// entryName is the name of the body that an entry is of.
func entryName(entry string) string {
	name, _, _ := strings.Cut(entry, " ")
	return name
}

func entry(log []string, i int) string {
	if i < len(log) {
		return log[i]
	}
	return "nothing more"
}
