package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
)

// What every format looks like, in both languages, for a class and for one
// submission; the formats that hold one submission refuse a class.
func TestGolden(t *testing.T) {
	single := map[string]bool{"gradescope": true, "classroom": true, "classroom50": true}
	for _, f := range formats {
		name := f.name
		for _, lang := range []string{"en", "es"} {
			o := Options{Lang: lang, Getenv: classroom50Env}
			golden(t, "one."+lang+"."+f.file, render(t, o, name, classOf(partial())))
			if !single[name] {
				golden(t, "class."+lang+"."+f.file, render(t, o, name, class()))
				continue
			}
			var b bytes.Buffer
			require.ErrorContains(t, Write(o, name, &b, class()), "there are 5; grade one submission alone", name)
			require.Empty(t, b.String(), name)
		}
	}
}

func TestEveryFormatOfAnEmptyClass(t *testing.T) {
	for _, name := range []string{"text", "html", "csv", "junit", "markdown", "annotations"} {
		render(t, Options{}, name, classOf())
	}
}

// A class graded without a sandbox, hidden tests or the race detector, or not to its end,
// says so in every format that people read; the others name the sandbox.
func TestBanners(t *testing.T) {
	c := unboxed(partial())
	c.Kit.Hidden, c.Kit.NoRace, c.Unfinished = false, true, 4
	told := map[string]string{}
	for _, name := range Names() {
		text := string(render(t, Options{Width: 400, Getenv: classroom50Env}, name, c))
		told[name] = strings.NewReplacer(`\n`, " ", "\n", " ").Replace(text)
	}
	require.Regexp(t, ",problem,sandbox,undecided ana-perez,.*,none,0 $", told["csv"])
	require.Contains(t, told["junit"], `<property name="sandbox" value="none">`)
	delete(told, "csv")
	delete(told, "junit")
	told["classroom"] = strings.ReplaceAll(decoded(t, told["classroom"]).Tests[0].Code, "\n", " ")
	for name, got := range told {
		require.Contains(t, got, "Student code ran without a sandbox.", name)
		require.Contains(t, got, "sandbox none: full: no namespaces", name)
		require.Contains(t, got, "Only the visible tests were graded", name)
		require.Contains(t, got, "Data races go unnoticed on this machine", name)
		require.Contains(t, got, "stopped before it reached some submissions: 4", name)
	}
}

// What was found in place of an exercise's file is told in every report, and no
// place is made up of it; of what is not there at all nothing is said twice.
func TestMisplaced(t *testing.T) {
	o := Options{Getenv: classroom50Env, Width: 400}
	for _, name := range []string{"text", "html", "markdown", "junit", "annotations", "gradescope", "classroom50"} {
		got := string(render(t, o, name, classOf(partial())))
		require.Contains(t, got, "found instead: old/Pool.go", name)
		require.NotContains(t, got, "exercises/pool", name)
	}
	room, _ := classroomOf(t, partial())
	require.Contains(t, room.Tests[9].Code, "found instead: old/Pool.go")
	require.Empty(t, room.Tests[9].File)
	for _, name := range []string{"text", "html", "markdown", "annotations"} {
		require.NotContains(t, string(render(t, o, name, classOf(partial()))), "cache.go", name)
	}
}

// What costs no points is told wherever a person reads the report.
func TestAdvice(t *testing.T) {
	for lang, more := range map[string]string{"en": "more advice, left out here: 3", "es": "más consejos, que aquí se omiten: 3"} {
		for _, name := range []string{"text", "html", "markdown"} {
			got := string(render(t, Options{Lang: lang}, name, classOf(partial())))
			require.Contains(t, got, "timed.go:7: result of fmt.Sprint call not used", name)
			require.Contains(t, got, more, name)
		}
	}
}

// A report is made from a copy: the class is what it was.
func TestReportsLeaveTheClassAlone(t *testing.T) {
	c := classOf(hostile())
	for _, name := range Names() {
		require.NoError(t, Write(Options{Lang: "es", Getenv: classroom50Env}, name, &bytes.Buffer{}, c))
	}
	require.Equal(t, classOf(hostile()), c)
}

// No control character of a submission reaches any report.
func TestNoControlCharacters(t *testing.T) {
	for _, name := range Names() {
		text := string(render(t, Options{Getenv: classroom50Env}, name, classOf(hostile())))
		for _, r := range text {
			bad := r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0x202e
			require.False(t, bad, "%s has %q", name, r)
		}
	}
}

// The scores that other programs add up are the submission's own, and what its
// checks have to say is there.
func TestFormatsAddUp(t *testing.T) {
	type test struct {
		Score, Max int
		Hint       bool
	}
	for _, g := range []results.Grade{partial(), perfect(), failing(), unreadable(), starved(), hostile()} {
		c := classOf(g)
		o := Options{Getenv: classroom50Env}
		var scope gradescopeResults
		require.NoError(t, json.Unmarshal(render(t, o, "gradescope", c), &scope))
		var fifty classroom50Result
		require.NoError(t, json.Unmarshal(render(t, o, "classroom50", c), &fifty))
		room, _ := classroomOf(t, g)
		sums := make([]test, 4)
		add := func(n, score, most int, says string) {
			sums[n].Score += score
			sums[n].Max += most
			sums[n].Hint = sums[n].Hint || strings.Contains(says, "Hint: ")
		}
		for i, it := range items(o, prepareGrade("en", g)) {
			add(0, it.Score, it.Max, it.feedback(o))
			add(1, scope.Tests[i].Score, scope.Tests[i].Max, scope.Tests[i].Output)
			add(2, fifty.Tests[i].Score, fifty.Tests[i].Max, fifty.Tests[i].Message)
			add(3, room.Tests[i].Score, it.Max, room.Tests[i].Code)
		}
		for n, sum := range sums {
			require.Equal(t, g.Score, sum.Score, "%d %s", n, g.ID)
			require.Equal(t, g.MaxScore, sum.Max, "%d %s", n, g.ID)
			require.Equal(t, sums[0].Hint, sum.Hint, "%d %s", n, g.ID)
		}
		require.Equal(t, []int{g.Score, g.Score}, []int{scope.Score, fifty.Score})
		require.Equal(t, []int{g.MaxScore, g.MaxScore}, []int{fifty.Max, room.Max})
	}
}

func TestChanges(t *testing.T) {
	before, after := class(), class()
	after.Submissions[0].Exercises[1].Checks[1].Verdict = results.Pass
	after.Submissions[0].Exercises[1].Checks[1].Score = 3
	after.Submissions = after.Submissions[:4]
	for _, lang := range []string{"en", "es"} {
		var b bytes.Buffer
		require.NoError(t, WriteChanges(Options{Lang: lang}, &b, results.Compare(before, after)))
		golden(t, "changes."+lang+".txt", b.Bytes())
	}
	var b bytes.Buffer
	require.NoError(t, WriteChanges(Options{}, &b, nil))
	require.Equal(t, "Nothing changed.\n", b.String())
}

func classroom50Env(name string) string {
	return map[string]string{
		"CLASSROOM": "go-2026", "ASSIGNMENT": "concurrency", "SUBMISSION_TAG": "submit/2026-01-31",
		"COMMIT_URL":  "https://github.com/go-2026/concurrency-ana/commit/0a1b",
		"RELEASE_URL": "https://github.com/go-2026/concurrency-ana/releases/tag/submit", "REVIEW_URL": "https://github.com/go-2026/concurrency-ana/pull/1",
	}[name]
}
