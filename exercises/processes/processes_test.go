package processes_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/processes"
)

var errNothing = errors.New("nothing to shout")

// shouter is a process that shouts; it takes a second a job and breaks at "".
type shouter struct{ killed chan struct{} }

func newShouter(context.Context) (processes.Process, error) {
	return &shouter{killed: make(chan struct{})}, nil
}

func (s *shouter) Call(job string) (string, error) {
	if job == "" {
		return "", errNothing
	}
	select {
	case <-time.After(time.Second):
		return strings.ToUpper(job), nil
	case <-s.killed:
		return "", errors.New("killed")
	}
}

func (s *shouter) Kill()       { close(s.killed) }
func (s *shouter) Wait() error { <-s.killed; return nil }

func TestShouts(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		const call = "Map(ctx, 2, spawn, [a b c])"
		got, err := processes.Map(t.Context(), 2, newShouter, []string{"a", "b", "c"})
		probe.Equal(t, 1, "error of "+call, outcome(err), "nil")
		probe.Equal(t, 1, call, fmt.Sprintf("%q", got), `["A" "B" "C"]`)
	})
}

func TestTwoAtATime(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		jobs := strings.Split("abcdef", "")
		took := probe.Elapsed(func() { processes.Map(t.Context(), 2, newShouter, jobs) })
		probe.Equal(t, 1, "time that Map(ctx, 2, spawn, six jobs of 1s) takes", took, 3*time.Second)
	})
}

func TestGivesUp(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		_, err := processes.Map(t.Context(), 2, newShouter, []string{"a", ""})
		probe.Equal(t, 2, `error of Map(ctx, 2, spawn, ["a" ""]), whose second job fails twice`, outcome(err), "nothing to shout")
	})
}

// outcome is err's name in these tests.
func outcome(err error) string {
	return probe.ErrorName(err, probe.Named{Name: "nothing to shout", Err: errNothing})
}

// TestRealChildren starts real processes: this test binary, once for each. It is
// not graded, since a sandbox allows none.
func TestRealChildren(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Skip(err)
	}
	spawn := processes.Command(program, probe.ChildArg("shout"))
	got, err := processes.Map(t.Context(), 2, spawn, []string{"a", "b", "c"})
	if want := []string{"A", "B", "C"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("Map(ctx, 2, real processes, [a b c]): got %q, %v, want %q, nil", got, err, want)
	}
}

func init() {
	probe.Child("shout", func() {
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			fmt.Println(strings.ToUpper(in.Text()))
		}
	})
}
