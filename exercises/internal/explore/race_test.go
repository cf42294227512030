//go:build race

package explore

import (
	"fmt"
	"strings"
	"testing"

	"gorutinas/exercises/internal/explore/testdata/bugs"
	"gorutinas/exercises/internal/explore/testdata/edges"
	"gorutinas/exercises/internal/probe"
)

// races are programs with a race that only some schedules show.
var races = map[string]func(*S){
	"plain counter": func(s *S) {
		c := new(bugs.PlainCounter)
		s.Go(c.Inc)
		s.Go(c.Inc)
		s.Wait()
	},
	"publish, then lock": func(s *S) {
		p := new(bugs.Publisher)
		s.Go(func() { p.Read() })
		s.Go(p.Publish)
		s.Wait()
	},
	"unlocked reader": func(s *S) {
		h := new(bugs.HalfLocked)
		s.Go(h.Inc)
		s.Go(func() { h.Get() })
		s.Wait()
	},
}

func init() {
	for name, body := range races {
		children[name] = func(t *testing.T) { Run(t, body) }
	}
	for _, p := range edges.Pairs {
		children["explored "+p.Name] = func(t *testing.T) { Run(t, explored(p)) }
		children["plain "+p.Name] = func(t *testing.T) { plain(t, p) }
	}
}

func explored(p edges.Pair) func(*S) {
	return func(s *S) {
		n := 0
		first, second := p.Make(func() { n++ })
		s.Go(first)
		s.Go(second)
		s.Wait()
		_ = n
	}
}

// plain runs the two one after the other, in an order that the race detector
// does not see.
func plain(t *testing.T, p edges.Pair) {
	probe.Bubble(t, func(t *testing.T) {
		n := 0
		first, second := p.Make(func() { n++ })
		var order probe.Gauge
		gate := probe.NewGate()
		go func() { first(); order.Enter() }()
		go func() { gate.Pass(); second() }()
		gate.Inside()
		gate.Open()
		_, _ = gate.Inside(), n
	})
}

func TestRacesAreSeen(t *testing.T) {
	for name := range races {
		if r := runChild(t, name); !strings.Contains(r.output, "DATA RACE") {
			t.Errorf("%s: no race was reported\n%s", name, r.output)
		}
	}
}

// TestEdges shows that the primitives order neither more nor less than the real
// ones do.
func TestEdges(t *testing.T) {
	for _, p := range edges.Pairs {
		for _, how := range []string{"explored ", "plain "} {
			if p.Overlap && how == "plain " {
				continue
			}
			r := runChild(t, how+p.Name)
			if raced := strings.Contains(r.output, "DATA RACE"); raced == p.Ordered {
				t.Error(fmt.Sprintf("%s%s: race reported: %v\n%s", how, p.Name, raced, r.output))
			}
		}
	}
}
