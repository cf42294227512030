package grading

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/sandbox"
	"gorutinas/grader/internal/submission"
)

const attacks = "../../testdata/attacks"

// attackLimits are tight, so that what has to run into a limit does so soon; a slow
// machine gets more time, as always, to fill the memory first.
var attackLimits = sandbox.Limits{
	Wall: 5 * time.Second, CPU: 2 * time.Second, Memory: 192 << 20,
	Output: 1 << 20, Disk: 1 << 20, Threads: 128, Files: 64,
}

// harmless attacks attack the verdict alone: what they do to the machine, the
// limits that a parent holds put an end to.
var harmless = []string{
	"busy-loop", "escapes-in-errors", "exit-by-panic-nil", "fixed-answers", "goexit", "goexit-in-new", "init-deadlock",
	"left-behind", "log-fatal", "lying-errors", "nil-errors", "own-tests", "printed-passes", "printed-passes-then-hang",
	"printed-record", "shadowed-true", "sleep", "torn-map", "torn-slice", "workers-of-a-context", "workers-of-a-timer",
	"workers-of-init",
}

// Every attack earns nothing, ends as its first line says, and leaves nothing
// behind: no process, no file, no connection. So in every tier that walls off,
// and without walls where there is nothing to wall off.
func TestAttacks(t *testing.T) {
	kit, exercises := attacked(t)
	calls := listen(t)
	table := attackTable{}
	for _, tier := range tiers {
		t.Run(tier, func(t *testing.T) {
			box, err := sandbox.Detect(t.Context(), tier)
			if err != nil {
				t.Skip(err)
			}
			jobs := 2 * runtime.NumCPU() // many of them only sleep
			g, err := New(t.Context(), Config{Kit: kit, Exercises: exercises, Box: box, Lang: "en", Jobs: jobs, Limits: longer(attackLimits, slowness(chores)), Seed: 1, Tell: func(s string) { t.Log(s) }})
			require.NoError(t, err)
			defer g.Close()
			refs, err := submission.Find(t.Context(), []string{attacks}, kit.Names())
			require.NoError(t, err)
			require.GreaterOrEqual(t, len(refs), 50)
			if tier == "none" {
				refs = slices.DeleteFunc(refs, func(r submission.Ref) bool { return !slices.Contains(harmless, r.ID) })
				require.Len(t, refs, len(harmless))
			}
			class, err := g.Class(t.Context(), refs, t.TempDir(), logged{t})
			require.NoError(t, err)
			for _, grade := range class.Submissions {
				checkAttack(t, grade)
				table.add(tier, grade)
			}
			require.Empty(t, processesOf(g.room.Dir), "processes that outlived their run")
			left, err := filepath.Glob(filepath.Join(g.room.Dir, "[^.]*")) // besides the mark of the owner
			require.NoError(t, err)
			require.Empty(t, left, "files that outlived their run")
			require.Zero(t, calls.Load(), "connections to the machine")
		})
	}
	if *update {
		table.write(t)
	}
}

// attacked returns the kit with the exercises that attacks are made on, with two
// checks each: what never ends takes its whole limit in every check.
func attacked(t *testing.T) (*catalog.Kit, []*catalog.Exercise) {
	kit, err := catalog.Load("../../..")
	require.NoError(t, err)
	exercises, err := kit.Select([]string{"balance", "fetchall"})
	require.NoError(t, err)
	for _, e := range exercises {
		e.Hidden = e.Hidden[:2]
	}
	return kit, exercises
}

// logged shows a class as it is graded.
type logged struct{ t *testing.T }

func (logged) Start(int)              {}
func (l logged) Done(g results.Grade) { l.t.Log(g.ID, g.Score) }
func (logged) End()                   {}

var attackLine = regexp.MustCompile(`^// Attack: ([a-z_|]+): (.+)`)

// checkAttack compares a grade with what the attack says of itself: a status,
// or a verdict that one of its checks must have.
func checkAttack(t *testing.T, grade results.Grade) {
	got := outcomes(grade)
	require.NotContains(t, got, "infra", "%s: an attack is not the machine's fault", grade.ID)
	want, _ := expected(t, grade.ID)
	ok := slices.ContainsFunc(want, func(w string) bool { return slices.Contains(got, w) })
	if grade.Score != 0 || !ok {
		t.Errorf("%s: score %d and %v, want 0 and one of %v\n%s", grade.ID, grade.Score, got, want, problems(grade))
	}
}

// expected returns what an attack's first line says: the outcomes that it may
// have, and what it tries.
func expected(t *testing.T, id string) (outcomes []string, what string) {
	for _, e := range []string{"balance", "fetchall"} {
		text, err := os.ReadFile(filepath.Join(attacks, id, e+".go"))
		if err != nil {
			continue
		}
		line, _ := bufio.NewReader(bytes.NewReader(text)).ReadString('\n')
		m := attackLine.FindStringSubmatch(line)
		require.NotNil(t, m, "%s does not begin with // Attack: VERDICT: what", id)
		return strings.Split(m[1], "|"), m[2]
	}
	t.Fatalf("%s has no exercise", id)
	return nil, ""
}

func problems(grade results.Grade) (text string) {
	text = grade.Problem
	for _, e := range grade.Exercises {
		if e.Problem != nil {
			text += fmt.Sprintln(e.Name, *e.Problem)
		}
		for _, c := range e.Checks {
			if c.Message != "" && e.Status == results.StatusGraded {
				text += fmt.Sprintln(e.Name, c.Name, c.Verdict, c.Message)
			}
		}
	}
	return text
}

// listen counts connections to the port that attacks call, on loopback.
func listen(t *testing.T) *atomic.Int64 {
	l, err := net.Listen("tcp", "127.0.0.1:19599")
	require.NoError(t, err)
	var calls atomic.Int64
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			calls.Add(1)
			c.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return &calls
}

// processesOf returns the processes whose program is below dir.
func processesOf(dir string) (all []string) {
	links, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, l := range links {
		if program, err := os.Readlink(l); err == nil && strings.HasPrefix(program, dir) {
			all = append(all, l+" "+program)
		}
	}
	return all
}
