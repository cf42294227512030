//go:build hidden

package gil_test

import (
	"fmt"
	"testing"
	"testing/synctest"

	"gorutinas/exercises/gil"
	"gorutinas/exercises/internal/probe"
)

// The API, to the letter.
var _ func(g *gil.GIL, body func(blocking func(io func()))) = (*gil.GIL).Run

func TestOneAtATime(t *testing.T) {
	probe.Check(t)
	n := 3 + probe.Rand(t).IntN(20)
	exploreBodies(t, 2, func(part, _ func()) body { return only(part) })
	if t.Failed() {
		return
	}
	probe.Bubble(t, func(t *testing.T) {
		var g gil.GIL
		gate := probe.NewGate()
		for range n {
			go g.Run(only(gate.Pass))
		}
		call := fmt.Sprintf("%d calls of Run", n)
		probe.Equal(t, 1, call+": bodies that run when everything stands still", gate.Inside(), 1)
		gate.Open()
		synctest.Wait()
		probe.Equal(t, 1, call+": bodies that have run", gate.Total(), n)
		probe.Equal(t, 1, call+": bodies that ran at the same time", gate.Peak(), 1)
	})
	if !t.Failed() {
		probe.Bubble(t, crowd)
	}
}

func TestIOOverlaps(t *testing.T) {
	probe.Check(t)
	n := 3 + probe.Rand(t).IntN(20)
	probe.Bubble(t, func(t *testing.T) {
		var g gil.GIL
		gate, again := probe.NewGate(), probe.NewGate()
		var other, after probe.Gauge
		for range n {
			go g.Run(func(blocking func(io func())) {
				blocking(gate.Pass)
				after.Enter()
				blocking(again.Pass)
			})
		}
		call := fmt.Sprintf("%d bodies that call blocking twice", n)
		probe.Equal(t, 1, call+": first io that run when everything stands still", gate.Inside(), n)
		go g.Run(only(other.Enter))
		synctest.Wait()
		probe.Equal(t, 1, call+": another body runs meanwhile", other.Total() == 1, true)
		probe.Equal(t, 1, call+": bodies that go on before their io has ended", after.Total(), 0)
		gate.Open()
		synctest.Wait()
		probe.Equal(t, 1, call+": second io that run when the first have ended", again.Inside(), n)
		probe.Equal(t, 1, call+": bodies that go on after their first io has ended", after.Total(), n)
		again.Open()
	})
	computing(t, n)
	if !t.Failed() {
		probe.Bubble(t, manyIO)
	}
	if !t.Failed() {
		probe.Bubble(t, ioInSequence)
	}
	if !t.Failed() {
		probe.Bubble(t, hours)
	}
}

func TestHeldAgain(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var g gil.GIL
		io, other, again := probe.NewGate(), probe.NewGate(), probe.NewGate()
		go g.Run(func(blocking func(io func())) {
			blocking(io.Pass)
			again.Pass()
		})
		if !probe.Equal(t, 1, "io that run when a body has called blocking", io.Inside(), 1) {
			return
		}
		go g.Run(only(other.Pass))
		probe.Equal(t, 1, "other bodies that run while io runs", other.Inside(), 1)
		io.Open()
		probe.Equal(t, 1, "calls of blocking that have returned while another body runs", again.Inside(), 0)
		other.Open()
		probe.Equal(t, 1, "calls of blocking that have returned when io and the other body have ended", again.Inside(), 1)
		var last probe.Gauge
		go g.Run(only(last.Enter))
		synctest.Wait()
		probe.Equal(t, 1, "other bodies that run after blocking has returned", last.Total(), 0)
		again.Open()
		synctest.Wait()
		probe.Equal(t, 1, "bodies that run after the one that called blocking", last.Total(), 1)
	})
	exploreBodies(t, 2, func(part, io func()) body {
		return func(blocking func(io func())) {
			part()
			blocking(io)
			part()
		}
	})
	exploreBodies(t, 2, func(part, io func()) body {
		return func(blocking func(io func())) {
			blocking(io)
			blocking(io)
			part()
		}
	})
	// Of three, one may be back from io and another about to begin while the third runs.
	exploreBodies(t, 3, func(part, io func()) body {
		return func(blocking func(io func())) {
			blocking(io)
			part()
		}
	})
}

func TestBodyPanics(t *testing.T) {
	probe.Check(t)
	for _, v := range values(t) {
		probe.Bubble(t, func(t *testing.T) {
			var g gil.GIL
			wantValue(t, "Run of a body that calls "+panics(v), run(&g, only(func() { panic(v) })), v)
			probe.NoneLeft(t, "Run of a body that panics")
			wantFree(t, &g, "a body that panics")
			wantValue(t, "Run of a body that after io calls "+panics(v), run(&g, func(blocking func(io func())) {
				blocking(func() {})
				panic(v)
			}), v)
			wantFree(t, &g, "a body that panics after io")
		})
		if t.Failed() {
			return
		}
	}
	probe.Bubble(t, unwinding)
}

func TestIOPanics(t *testing.T) {
	probe.Check(t)
	for _, v := range values(t) {
		failing := func(blocking func(io func())) { blocking(func() { panic(v) }) }
		probe.Bubble(t, func(t *testing.T) {
			var g gil.GIL
			wantValue(t, "Run of a body whose io calls "+panics(v), run(&g, failing), v)
			probe.NoneLeft(t, "Run of a body whose io panics")
			wantFree(t, &g, "an io that panics")
			wantValue(t, "Run of a body whose io runs a body whose io calls "+panics(v), run(&g, func(blocking func(io func())) {
				blocking(func() { g.Run(failing) })
			}), v)
			wantFree(t, &g, "a panic in a body that an io runs")
			wantValue(t, `Run of a body that recovers the panic of its io and calls panic("anew")`, run(&g, func(blocking func(io func())) {
				probe.Recovered(func() { failing(blocking) })
				panic("anew")
			}), "anew")
		})
		if t.Failed() {
			return
		}
	}
	probe.Bubble(t, heldWhileUnwinding)
	if !t.Failed() {
		exploreIOPanics(t)
	}
}

// An io may run bodies of its own, and each GIL is a lock of its own.
func TestRunWithinIO(t *testing.T) {
	probe.Check(t)
	depth := 2 + probe.Rand(t).IntN(5)
	probe.Bubble(t, func(t *testing.T) {
		var g gil.GIL
		var log probe.Log[int]
		var nest func(level int)
		nest = func(level int) {
			g.Run(func(blocking func(io func())) {
				log.Add(level)
				if level < depth {
					blocking(func() { nest(level + 1) })
				}
				log.Add(-level)
			})
		}
		apart(func() any { nest(1); return nil })
		var want []int
		for level := 1; level <= depth; level++ {
			want = append(want, level)
		}
		for level := depth; level >= 1; level-- {
			want = append(want, -level)
		}
		probe.Equal(t, 1, fmt.Sprintf("begin (n) and end (-n) of %d bodies, each run by the io of the one before", depth),
			fmt.Sprint(log.All()), fmt.Sprint(want))
	})
	if t.Failed() {
		return
	}
	probe.Bubble(t, func(t *testing.T) {
		var locks [100]gil.GIL
		gate := probe.NewGate()
		var nested probe.Gauge
		for i := range locks {
			go locks[i].Run(only(gate.Pass))
		}
		probe.Equal(t, 1, fmt.Sprintf("bodies that run at the same time on %d GILs", len(locks)), gate.Inside(), len(locks))
		gate.Open()
		apart(func() any { locks[0].Run(only(func() { locks[1].Run(only(nested.Enter)) })); return nil })
		probe.Equal(t, 1, "bodies that run on a second GIL within a body on the first", nested.Total(), 1)
	})
}

// What bodies do to plain variables needs no other lock.
func TestNoDataRaces(t *testing.T) {
	probe.Check(t)
	const goroutines, rounds = 12, 300
	var g gil.GIL
	counts := map[string]int{}
	probe.Parallel(t, goroutines, func(i int) {
		for range rounds {
			probe.Recovered(func() {
				g.Run(func(blocking func(io func())) {
					counts["before io"]++
					defer func() { counts["after io"]++ }()
					blocking(func() {
						if i%3 == 0 {
							panic("io")
						}
					})
					if i%3 == 1 {
						panic("body")
					}
				})
			})
		}
	})
	for _, part := range []string{"before io", "after io"} {
		probe.Equal(t, 1, fmt.Sprintf("additions %s to a variable of %d goroutines", part, goroutines), counts[part], goroutines*rounds)
	}
}

func TestNilCallbacks(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var g gil.GIL
		apart(func() any { probe.WantPanic(t, 3, "Run(nil)", func() { g.Run(nil) }); return nil })
		wantFree(t, &g, "Run(nil)")
		var other probe.Gauge
		gate := probe.NewGate()
		nilIO := func(blocking func(io func())) {
			probe.WantPanic(t, 3, "blocking(nil)", func() { blocking(nil) })
			gate.Pass()
			blocking(func() {})
		}
		go probe.Recovered(func() { g.Run(nilIO) }) // whose own panic would come too late
		probe.Equal(t, 3, "bodies that have recovered the panic of blocking(nil)", gate.Inside(), 1)
		go g.Run(only(other.Enter))
		synctest.Wait()
		probe.Equal(t, 1, "other bodies that run when a body has recovered the panic of blocking(nil)", other.Total(), 0)
		gate.Open()
		synctest.Wait()
		probe.Equal(t, 1, "bodies that run after one that has recovered the panic of blocking(nil)", other.Total(), 1)
	})
}
