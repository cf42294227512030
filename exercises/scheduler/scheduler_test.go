package scheduler_test

import (
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/scheduler"
)

// Three bodies give up their turn after every move.
func TestTurns(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var moves probe.Log[string]
		s := scheduler.New()
		for _, board := range []string{"a", "b", "c"} {
			s.Spawn(func(c *scheduler.Coro) {
				for move := range 3 {
					moves.Add(fmt.Sprint(board, move+1))
					c.Yield()
				}
			})
		}
		s.Run()
		probe.Equal(t, 1, "moves on three boards in turn", fmt.Sprint(moves.All()), "[a1 b1 c1 a2 b2 c2 a3 b3 c3]")
	})
}

// The simultaneous exhibition of the course notes: three bodies thrice sleep a
// second and print 1, 2, 3.
func TestExhibition(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var printed probe.Log[int]
		s := scheduler.New()
		for range 3 {
			s.Spawn(func(c *scheduler.Coro) {
				for n := range 3 {
					c.Sleep(time.Second)
					printed.Add(n + 1)
				}
			})
		}
		took := probe.Elapsed(s.Run)
		probe.Equal(t, 3, "numbers of three bodies that sleep and print", fmt.Sprint(printed.All()), "[1 1 1 2 2 2 3 3 3]")
		probe.Equal(t, 3, "time that they take", took, 3*time.Second)
	})
}

// A body brings in another one, which goes last.
func TestNewcomer(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var moves probe.Log[string]
		s := scheduler.New()
		s.Spawn(func(c *scheduler.Coro) {
			moves.Add("a1")
			s.Spawn(func(*scheduler.Coro) { moves.Add("newcomer") })
			moves.Add("a2")
			c.Yield()
			moves.Add("a3")
		})
		s.Spawn(func(*scheduler.Coro) { moves.Add("b1") })
		s.Run()
		probe.Equal(t, 1, "moves when a brings in a newcomer", fmt.Sprint(moves.All()), "[a1 a2 b1 newcomer a3]")
	})
}

// A panic comes out of Run, and the other body's deferred call runs.
func TestPanicComesOut(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var moves probe.Log[string]
		s := scheduler.New()
		s.Spawn(func(c *scheduler.Coro) {
			defer moves.Add("a cleans up")
			c.Yield()
			moves.Add("a goes on")
		})
		s.Spawn(func(*scheduler.Coro) { panic("checkmate") })
		value := probe.Recovered(s.Run)
		probe.Equal(t, 4, `Run panics when a body calls panic("checkmate")`, value == "checkmate", true)
		probe.Equal(t, 4, "moves of the other body, which was suspended in Yield", fmt.Sprint(moves.All()), "[a cleans up]")
	})
}
