//go:build hidden

package refcount_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/refcount"
)

// call is the name of a method.
type call string

const (
	acquire call = "Acquire()"
	release call = "Release()"
	count   call = "Count()"
)

var calls = []call{acquire, release, count}

// on makes the call and returns its answer.
func (op call) on(r *refcount.Ref[int]) string {
	switch op {
	case acquire:
		value, ok := r.Acquire()
		return fmt.Sprintf("%d, %v", value, ok)
	case count:
		return fmt.Sprint(r.Count())
	}
	if probe.Recovered(r.Release) != nil {
		return "a panic"
	}
	return "no panic"
}

// after is the contract as a model: from a count of n to what comes after the
// call, and the answer.
func (op call) after(n, value int) (int, string) {
	switch {
	case op == count:
		return n, fmt.Sprint(n)
	case op == acquire && n > 0:
		return n + 1, fmt.Sprintf("%d, true", value)
	case op == acquire:
		return 0, "0, false"
	case n > 0:
		return n - 1, "no panic"
	}
	return 0, "a panic"
}

// object is a Ref beside its model.
type object struct {
	ref          *refcount.Ref[int]
	value, model int
	refused      bool // a Release at 0
	freed        probe.Log[int]
}

func newObject(value int) *object {
	o := &object{value: value, model: 1}
	o.ref = refcount.New(value, o.freed.Add)
	return o
}

// follow makes calls one after the other, as long as all answers are right.
func (o *object) follow(t *testing.T, calls ...call) {
	t.Helper()
	for _, op := range calls {
		if t.Failed() {
			return
		}
		next, want := op.after(o.model, o.value)
		contract := 1
		if op == release || op == count && o.refused {
			contract = 3
		}
		o.refused = o.refused || op == release && o.model == 0
		probe.Equal(t, contract, fmt.Sprintf("%s at a count of %d", op, o.model), apart(func() string { return op.on(o.ref) }), want)
		o.model = next
	}
}

// apart calls f on a goroutine of its own and waits for its answer: a lock that
// never opens then holds up that goroutine, and not the bubble's first.
func apart(f func() string) string {
	answer := make(chan string, 1)
	go func() { answer <- f() }()
	return <-answer
}

// wantFreed fails t unless free has been called once at a count of 0, and never
// before that.
func (o *object) wantFreed(t *testing.T) {
	t.Helper()
	if t.Failed() {
		return
	}
	want := "[]"
	if o.model == 0 {
		want = fmt.Sprint([]int{o.value})
	}
	probe.Equal(t, 2, fmt.Sprintf("values that free got until a count of %d", o.model), fmt.Sprint(o.freed.All()), want)
}

// together explores the schedules of rows of calls on a Ref that counts n, each
// row on a goroutine of its own: some order of the calls must explain the
// answers, and free is called once if they lead to 0. At any count but 0 the rows
// release only references that they hold.
func together(t *testing.T, contract, n int, rows ...[]call) {
	t.Helper()
	explored(t, contract, n, 0, rows)
}

// besideFree is together with a free that takes long: whoever can go on without
// it does so.
func besideFree(t *testing.T, contract, n int, rows ...[]call) {
	t.Helper()
	explored(t, contract, n, time.Second, rows)
}

func explored(t *testing.T, contract, n int, free time.Duration, rows [][]call) {
	t.Helper()
	if t.Failed() {
		return
	}
	explore.Run(t, func(s *explore.S) {
		o := &object{value: 7}
		o.ref = refcount.New(o.value, func(value int) {
			time.Sleep(free)
			o.freed.Add(value)
		})
		for range n - 1 {
			o.ref.Acquire()
		}
		if n == 0 {
			o.ref.Release()
		}
		var h history
		for i, calls := range rows {
			s.Go(func() { h.record(i, o, calls) })
		}
		s.Wait()
		freed := o.freed.Len()
		h.record(len(rows), o, []call{count, acquire})
		if !h.explained(n, o.value, false) {
			switch {
			case h.explained(n, o.value, true):
				contract = 2
			case h.belowZero(n):
				contract = 3
			}
			s.Fail(contract, fmt.Sprintf("calls from a count of %d", n), &h, "answers that some order of the calls explains")
			return
		}
		want := 0
		if h.endsAtZero() {
			want = 1
		}
		if freed != want {
			s.Failf(2, "calls of free: %d instead of %d, from a count of %d: %v", freed, want, n, &h)
		}
	}, explore.Schedules(150), explore.Delays(30, time.Second)) // of one that sleeps first in each call, too
}

// history is what was called and answered, in order.
type history struct{ log probe.Log[porcupine.Event] }

// notLast is the answer of a Release that returns before free has: it has not
// brought the count to 0.
const notLast = "no panic, before free has returned"

func (h *history) record(goroutine int, o *object, calls []call) {
	for i, op := range calls {
		id := goroutine*10 + i // no row is longer
		h.log.Add(porcupine.Event{ClientId: goroutine, Kind: porcupine.CallEvent, Value: op, Id: id})
		answer := op.on(o.ref)
		if op == release && answer == "no panic" && o.freed.Len() == 0 {
			answer = notLast
		}
		h.log.Add(porcupine.Event{ClientId: goroutine, Kind: porcupine.ReturnEvent, Value: answer, Id: id})
	}
}

// explained says whether some order of the calls gives these answers, from a count
// of n. late lets the last Release return before free has.
func (h *history) explained(n, value int, late bool) bool {
	return porcupine.CheckEvents(porcupine.Model{
		Init: func() any { return n },
		Step: func(state, input, output any) (bool, any) {
			next, want := input.(call).after(state.(int), value)
			if output == notLast {
				return want == "no panic" && (next > 0 || late), next
			}
			return output.(string) == want, next
		},
	}, h.log.All())
}

// belowZero says whether a Release at 0, from a count of n, must have changed something.
func (h *history) belowZero(n int) bool {
	for _, e := range h.log.All() {
		if e.Kind == porcupine.CallEvent {
			continue
		}
		switch answer := e.Value.(string); {
		case strings.HasPrefix(answer, "-"): // of Count
			return true
		case strings.HasSuffix(answer, ", true"):
			n++
		case answer == "no panic" || answer == notLast:
			n--
		}
	}
	return n < 0
}

// endsAtZero says whether the last call, an Acquire, found nothing any more.
func (h *history) endsAtZero() bool {
	all := h.log.All()
	return all[len(all)-1].Value.(string) == "0, false"
}

// String lists the answers that each goroutine got, one after the other, and at last
// those that came when all had ended.
func (h *history) String() string {
	rows := map[int][]string{}
	called := map[int]call{}
	for _, e := range h.log.All() {
		if e.Kind == porcupine.CallEvent {
			called[e.Id] = e.Value.(call)
		} else {
			rows[e.ClientId] = append(rows[e.ClientId], fmt.Sprintf("%v = %v", called[e.Id], e.Value))
		}
	}
	var list []string
	for i := range len(rows) - 1 {
		list = append(list, fmt.Sprintf("goroutine %d: %s", i+1, strings.Join(rows[i], ", then ")))
	}
	list = append(list, "afterwards: "+strings.Join(rows[len(rows)-1], ", then "))
	return strings.Join(list, "; ")
}

// freesSlices has a value that == cannot compare.
func freesSlices(t *testing.T) {
	list := []string{"no", "such", "page"}
	var freed probe.Log[[]string]
	r := refcount.New(list, freed.Add)
	answer := apart(func() (answer string) {
		answer = "a panic"
		probe.Recovered(func() {
			value, ok := r.Acquire()
			r.Release()
			answer = fmt.Sprint(value, " ", ok, " ", r.Count())
			r.Release()
		})
		return answer
	})
	probe.Equal(t, 1, "Acquire(), Release() and Count() at a count of 1 when the value is a slice", answer, "[no such page] true 1")
	probe.Equal(t, 2, "values that free got when the value is a slice", fmt.Sprint(freed.All()), fmt.Sprint([][]string{list}))
}

// manyReferences counts far.
func manyReferences(t *testing.T) {
	const many = 70_000
	o := newObject(7)
	for range many {
		o.ref.Acquire()
	}
	o.model += many
	o.follow(t, count, acquire, release, count)
	o.wantFreed(t)
}

// goneForEver acquires far more often than once what is not there any more.
func goneForEver(t *testing.T) {
	const many = 70_000
	o := newObject(7)
	o.follow(t, release)
	got := apart(func() string {
		for n := range many {
			if _, ok := o.ref.Acquire(); ok {
				return fmt.Sprintf("true at number %d", n+1)
			}
		}
		return "false"
	})
	probe.Equal(t, 1, fmt.Sprintf("ok of %d Acquire() at a count of 0", many), got, "false")
	o.follow(t, count)
}
