package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

var update = flag.Bool("update", false, "write the golden files in testdata")

// golden compares got with testdata/name, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err, "run go test with -update")
	require.Equal(t, string(want), string(got), "%s: run go test with -update if the change is meant", name)
}

func render(t *testing.T, o Options, format string, c results.Class) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, Write(o, format, &b, told(o.Lang, c)))
	return b.Bytes()
}

// told returns c with the messages of its checks in lang.
func told(lang string, c results.Class) results.Class {
	c.Submissions = mapped(c.Submissions, func(g results.Grade) results.Grade {
		g.Exercises = mapped(g.Exercises, func(e results.Exercise) results.Exercise {
			e.Checks = mapped(e.Checks, func(c results.Check) results.Check {
				if c.Code != "" {
					c.Message = message.Render(lang, c.Code, c.Args, nil)
				}
				return c
			})
			return e
		})
		return g
	})
	return c
}

func classOf(grades ...results.Grade) results.Class {
	return results.Class{
		Schema:  results.Schema,
		Kit:     results.Provenance{Version: "3f1c9a", Go: "go1.26.8", Sandbox: "full", Hidden: true, Seed: 7},
		Started: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), ElapsedMS: 81234, Submissions: grades,
	}
}

// unboxed is a class that was graded without a sandbox.
func unboxed(grades ...results.Grade) results.Class {
	c := classOf(grades...)
	c.Kit.Sandbox, c.Kit.Why = "none", "full: no namespaces"
	return c
}

// graded returns a grade whose scores are the sums of exercises'.
func graded(id string, exercises ...results.Exercise) results.Grade {
	g := results.Grade{ID: id, Source: id + ".zip", Status: results.StatusGraded, Exercises: exercises}
	for _, e := range exercises {
		g.Score, g.MaxScore = g.Score+e.Score, g.MaxScore+e.MaxScore
	}
	return g
}

func exercise(name string, checks ...results.Check) results.Exercise {
	e := results.Exercise{Name: name, Status: results.StatusGraded, Checks: checks}
	for _, c := range checks {
		e.Score, e.MaxScore = e.Score+c.Score, e.MaxScore+c.Points
	}
	return e
}

func notGraded(name string, status results.Status, problem *results.Problem) results.Exercise {
	return results.Exercise{Name: name, Status: status, Problem: problem, MaxScore: 10, Checks: []results.Check{
		{Name: "TestAll", Title: "All of it", Kind: "result", Points: 10, Verdict: results.NotRun, Code: "not_run." + string(status)},
	}}
}

func pass(name, title string, points int) results.Check {
	return results.Check{Name: name, Title: title, Kind: "result", Points: points, Score: points, Verdict: results.Pass, ElapsedMS: 11}
}

// The schedule of two withdrawals that both see the old balance, which the test
// then reads.
var bothSawIt = []results.Step{
	{Goroutine: 1, File: "balance.go", Line: 18, Op: "Lock"},
	{Goroutine: 1, File: "balance.go", Line: 20, Op: "Unlock"},
	{Goroutine: 2, File: "balance.go", Line: 18, Op: "Lock"},
	{Goroutine: 2, File: "balance.go", Line: 20, Op: "Unlock"},
	{Goroutine: 2, File: "balance.go", Line: 24, Op: "Lock"},
	{Goroutine: 1, File: "balance.go", Line: 24, Op: "Lock"},
	{Goroutine: 0, File: "balance.go", Line: 31, Op: "Lock"},
}

func partial() results.Grade {
	g := graded("ana-perez",
		exercise("timed", pass("TestTimed", "The duration is measured", 6), pass("TestTimedPanic", "Also when the function panics", 4)),
		exercise("balance",
			pass("TestDeposits", "Deposits add up", 2),
			results.Check{
				Name: "TestConcurrentDeposits", Title: "Deposits at the same time lose nothing", Kind: "race", Points: 3, Verdict: results.Race,
				Code: "race.two_writes", Args: []string{"a.balance", "balance.go:14", "balance.go:14"}, File: "balance.go", Line: 14,
				Output: "==================\nWARNING: DATA RACE\nWrite at 0x00c0000180a8 by goroutine 8:\n  gorutinas/exercises/balance.(*Account).Deposit()",
				Hint:   "Which lines read or write the balance? Each of them needs the same lock.", ElapsedMS: 12,
			},
			results.Check{
				Name: "TestWithdrawIsOneStep", Title: "A withdrawal checks and takes in one step", Kind: "result", Points: 3, Verdict: results.Fail,
				Code: "explore.fail.got_want", Args: []string{"2", "two Withdraw(1) on a balance of 1", "both nil", "one ErrInsufficientFunds"},
				Schedule: bothSawIt, File: "balance.go", Line: 24, Hint: "What can happen between the two locks?", ElapsedMS: 4,
			},
			pass("TestBalance", "The balance can be read meanwhile", 2),
		),
		exercise("deadline", results.Check{
			Name: "TestDeadline", Title: "A slow call is cut short", Kind: "cancel", Points: 10, Verdict: results.Deadlock,
			Code: "deadlock.blocked", Args: []string{"chan receive", "deadline.go:31"}, File: "deadline.go", Line: 31,
			Hint: "Wait for the result and for ctx.Done() in one select.", ElapsedMS: 2003,
		}),
		notGraded("gather", results.StatusBuildFailed, &results.Problem{File: "gather.go", Line: 9, Message: "undefined: wg\n./gather.go:12:3: missing return"}),
		notGraded("pipeline", results.StatusUnchanged, nil),
		notGraded("pool", results.StatusMissing, &results.Problem{Message: "pool.go was not handed in; found instead: old/Pool.go; rename the file that is meant"}),
		notGraded("cache", results.StatusMissing, &results.Problem{Message: "cache.go was not handed in"}),
	)
	g.Flags = []string{"forged output in balance"}
	g.Exercises[0].Advice = []results.Problem{
		{File: "timed.go", Line: 7, Message: "result of fmt.Sprint call not used"}, {Message: "more advice, left out here: 3"},
	}
	return g
}

func perfect() results.Grade {
	return graded("bob", exercise("timed", pass("TestTimed", "The duration is measured", 10)), exercise("balance", pass("TestDeposits", "Deposits add up", 10)))
}

func failing() results.Grade {
	return graded("carla", exercise("timed", results.Check{
		Name: "TestTimed", Title: "The duration is measured", Kind: "timing", Points: 10, Verdict: results.Panic,
		Code: "panic.value", Args: []string{"runtime error: invalid memory address or nil pointer dereference", "timed.go:7"}, File: "timed.go", Line: 7,
		Hint: "Call f, and only then look at the clock.",
	}), notGraded("balance", results.StatusRejected, &results.Problem{File: "balance.go", Line: 14, Message: `import "unsafe" is not allowed; use sync`}))
}

func unreadable() results.Grade {
	return results.Grade{ID: "dani", Source: "dani.zip", Status: results.StatusError, Problem: "dani.zip is not a zip archive; hand it in again", MaxScore: 20, Exercises: []results.Exercise{}}
}

func starved() results.Grade {
	return graded("eva", exercise("timed", results.Check{Name: "TestTimed", Title: "The duration is measured", Kind: "timing", Points: 10, Verdict: results.Infra, Code: "infra.starved"}))
}

func class() results.Class {
	return classOf(partial(), perfect(), failing(), unreadable(), starved())
}

// attack is everything that some reader of a report gives a meaning to.
const attack = "=cmd|'/c calc'!A1\n::error::pwned\n::add-mask::x\n##[error]pwned ##[set-output name=result]1" +
	"\x1b]0;pwned\x07\x1b[2J\x1b[31mred\u009b31m<script>alert(1)</script><img src=x onerror=alert(1)>]]>&lt;\x00\u202egpj.exe" +
	"\xff\xfe|cell|\n```\n# heading\n[link](javascript:alert(1)) ![i](http://evil.example/i.png) https://evil.example www.evil.example {{.}} %0A::error::x $x$ @all\r\n+1\r-1"

// hostile has the attack in every text field.
func hostile() results.Grade {
	a := attack
	return results.Grade{
		ID: a, Source: a, Status: results.StatusGraded, MaxScore: 20, Flags: []string{a},
		Exercises: []results.Exercise{
			{Name: a, Status: results.StatusGraded, MaxScore: 10, Checks: []results.Check{{
				Name: a, Title: a, Kind: a, Points: 10, Verdict: results.Fail, Code: "fail.got_want", Args: []string{a, a, a, a}, Message: a,
				Schedule: []results.Step{{Goroutine: 1, File: a, Line: 1, Op: a}, {Goroutine: 2, File: a, Line: 2, Op: a}},
				File:     a, Line: 3, Output: a, Hint: a,
			}}, Advice: []results.Problem{{File: a, Line: 1, Message: a}, {Message: a}}},
			{Name: "b" + a, Status: results.StatusRejected, MaxScore: 10, Problem: &results.Problem{File: a, Line: 1, Message: a}},
		},
	}
}
