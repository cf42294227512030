//go:build hidden

package sayafter_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/sayafter"
)

// said is a text and when it was said, counted from the call.
type said struct {
	text string
	at   time.Duration
}

// recital is one call of a function under test and what came of it.
type recital struct {
	call    string
	heard   probe.Log[said]
	took    time.Duration
	err     error
	changed bool // the slice of lines, or what follows in its array, meanwhile or in the end
}

// say calls f with a say function that records the text and then calls during.
// call is the call in words, with a %s for the lines.
func say(ctx context.Context, call string, f function, lines []sayafter.Line, during func(string)) *recital {
	run := &recital{call: fmt.Sprintf(call, describe(lines))}
	all := slices.Concat(lines, []sayafter.Line{{ms, "not for this call"}})
	given := slices.Clone(all)
	look := func() {
		if !slices.Equal(given, all) {
			run.changed = true
		}
	}
	start := time.Now()
	run.err = f(ctx, given[:len(lines)], func(text string) {
		run.heard.Add(said{text, time.Since(start)})
		if during != nil {
			during(text)
		}
		look()
	})
	run.took = time.Since(start)
	look()
	return run
}

func (r *recital) wantSaid(t *testing.T, contract int, want []said) {
	t.Helper()
	if got := r.heard.All(); !slices.Equal(got, want) {
		probe.Fail(t, contract, "what "+r.call+" said", transcript(got), transcript(want))
	}
}

func (r *recital) wantEnd(t *testing.T, contract int, took time.Duration, err error) {
	t.Helper()
	probe.Equal(t, contract, "time until "+r.call+" returned", r.took, took)
	if !isJust(r.err, err) {
		probe.Fail(t, contract, r.call, probe.ErrorNames(r.err), probe.ErrorNames(err))
	}
}

func (r *recital) wantUnchanged(t *testing.T, name string) {
	t.Helper()
	if r.changed {
		probe.Failf(t, 5, "%s changed the lines that it was given, or what follows them in the caller's slice", name)
	}
}

// isJust says whether err is want, maybe wrapped, and not any error you ask for.
func isJust(err, want error) bool {
	if err == nil || want == nil {
		return err == nil && want == nil
	}
	return errors.Is(err, want) && !probe.IsEveryError(err)
}

func transcript(all []said) string {
	var b strings.Builder
	for _, s := range all {
		fmt.Fprintf(&b, "%s at %v, ", cmp.Or(s.text, `""`), s.at)
	}
	if b.Len() == 0 {
		return "nothing"
	}
	return strings.TrimSuffix(b.String(), ", ")
}

func describe(lines []sayafter.Line) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%v %s, ", l.After, cmp.Or(l.Text, `""`))
	}
	if b.Len() == 0 {
		return "no lines"
	}
	return strings.TrimSuffix(b.String(), ", ")
}

// ending is a way in which a context ends after a while.
type ending struct {
	err     error
	context func(context.Context, time.Duration) (context.Context, context.CancelFunc)
}

var endings = []ending{
	{context.DeadlineExceeded, context.WithTimeout},
	{context.Canceled, func(parent context.Context, after time.Duration) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancelCause(parent)
		timer := time.AfterFunc(after, func() { cancel(errors.New("the audience left")) })
		return ctx, func() { timer.Stop(); cancel(nil) }
	}},
}

// randomLines returns n lines in no order of delays. Of three or more lines one has
// no delay and no text, and two have the same delay.
func randomLines(r *rand.Rand, n int) []sayafter.Line {
	lines := make([]sayafter.Line, n)
	for i := range lines {
		lines[i] = sayafter.Line{After: time.Duration(r.Int64N(int64(4 * time.Second))), Text: fmt.Sprint("line", i)}
	}
	if places := r.Perm(n); n >= 3 {
		lines[places[0]] = sayafter.Line{}
		lines[places[1]].After = lines[places[2]].After
	}
	return lines
}

// spacedLines returns n lines in random order, a second and more between delays. Of
// three or more lines one has no text.
func spacedLines(r *rand.Rand, n int) []sayafter.Line {
	lines := make([]sayafter.Line, n)
	var after time.Duration
	for i, place := range r.Perm(n) {
		after += time.Second + time.Duration(r.Int64N(int64(time.Second)))
		lines[place] = sayafter.Line{After: after, Text: fmt.Sprint("line", i)}
	}
	if n >= 3 {
		lines[r.IntN(n)].Text = ""
	}
	return lines
}

func equalLines(n int) []sayafter.Line {
	lines := make([]sayafter.Line, n)
	for i := range lines {
		lines[i] = sayafter.Line{After: time.Second, Text: fmt.Sprint("line", i)}
	}
	return lines
}

func sorted(lines []sayafter.Line) []sayafter.Line {
	return slices.SortedFunc(slices.Values(lines), func(a, b sayafter.Line) int { return cmp.Compare(a.After, b.After) })
}
