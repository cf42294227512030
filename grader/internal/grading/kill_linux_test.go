package grading

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/sandbox"
	"gorutinas/grader/internal/submission"
)

// tinyKit is a kit of one exercise with two checks, which take no time.
func tinyKit(t *testing.T) *catalog.Kit {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../../testdata/tiny")))
	require.NoError(t, os.CopyFS(filepath.Join(dir, "exercises/internal"), os.DirFS("../../../exercises/internal")))
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join("../../..", name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), text, 0o644))
	}
	kit, err := catalog.Load(dir)
	require.NoError(t, err)
	return kit
}

// thisRun is unlike that of any other run of these tests.
var thisRun = rand.Text()

// tinySolution is right, and slow enough for its processes to be seen. No two have
// the same text, in this run or another: of what the go command has compiled
// before, no compiler would be seen at all.
func tinySolution(n int) *submission.Submission {
	text := fmt.Sprintf(`package tiny // %s

import "time"

func init() { time.Sleep(300*time.Millisecond + %d) }

func One() int { return 1 }

func Two() int { return 2 }
`, thisRun, n)
	files := map[string][]byte{"tiny.go": []byte(text)}
	return &submission.Submission{
		ID: fmt.Sprint("s", n), Candidates: map[string]submission.Candidate{"tiny": {Exercise: "tiny", Files: files}},
	}
}

// killer kills, at most as often as it may, the processes below this one that
// have all of these words among their arguments.
type killer struct {
	words  []string
	killed []int
	most   int
}

// during runs f while the killer is at work, and returns when both have ended.
func (k *killer) during(f func()) {
	var done atomic.Bool
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		for !done.Load() && len(k.killed) < k.most {
			for _, pid := range k.find() {
				if len(k.killed) < k.most && syscall.Kill(pid, syscall.SIGKILL) == nil {
					k.killed = append(k.killed, pid)
				}
			}
		}
	}()
	defer func() { <-stopped }()
	defer done.Store(true)
	f()
}

func (k *killer) find() (pids []int) {
	for pid := range strings.FieldsSeq(below(os.Getpid())) {
		line, _ := os.ReadFile(filepath.Join("/proc", pid, "cmdline"))
		args := strings.Split(string(bytes.TrimRight(line, "\x00")), "\x00")
		n, err := strconv.Atoi(pid)
		if err == nil && !slices.Contains(k.killed, n) && k.matches(args) {
			pids = append(pids, n)
		}
	}
	return pids
}

func (k *killer) matches(args []string) bool {
	return !slices.ContainsFunc(k.words, func(w string) bool { return !slices.Contains(args, w) })
}

// below are the numbers of the processes that descend from pid.
func below(pid int) (pids string) {
	files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, f := range files {
		text, _ := os.ReadFile(f)
		for child := range strings.FieldsSeq(string(text)) {
			n, _ := strconv.Atoi(child)
			pids += child + " " + below(n)
		}
	}
	return pids
}

// prepared is the only candidate of s, ready to run until the test ends.
func prepared(t *testing.T, g *Grader, s *submission.Submission) *Prepared {
	e := g.Exercises[0]
	all, release, err := g.Prepare(t.Context(), []Candidate{{Exercise: e, Files: s.Candidates[e.Name].Files}})
	require.NoError(t, err)
	t.Cleanup(release)
	return all[0]
}

// Whoever is killed from outside starts again, and nobody loses a point by it.
// Who is killed every time is the machine's matter: no pass, no blame.
func TestKilledFromOutside(t *testing.T) {
	kit := tinyKit(t)
	box, err := sandbox.Detect(t.Context(), sandbox.Auto)
	require.NoError(t, err)
	cache := OpenCache(t.TempDir())
	g, err := New(t.Context(), Config{Kit: kit, Exercises: kit.Exercises, Box: box, Lang: "en", Jobs: 1, Cache: cache})
	require.NoError(t, err)
	defer g.Close()
	n := 0
	grade := func() (results.Grade, error) {
		n++
		return g.Grade(t.Context(), tinySolution(n))
	}
	for name, words := range map[string][]string{
		"a check":        {"-test.run=^TestTwo$"},
		"the gate":       {"__gate"},
		"the go command": {"go", "test", "-c"},
		"the compiler":   {"-p", "gorutinas/exercises/tiny"},
	} {
		t.Run(name, func(t *testing.T) {
			k := killer{words: words, most: 1}
			for range 20 { // what is over too soon to be seen is tried again
				k.during(func() {
					got, err := grade()
					require.NoError(t, err)
					require.Equal(t, 10, got.Score, "%+v", got)
				})
				if len(k.killed) > 0 {
					return
				}
			}
			t.Fatal("never seen")
		})
	}
	t.Run("a check every time", func(t *testing.T) {
		k := killer{words: []string{"-test.run=^TestTwo$"}, most: 100}
		k.during(func() {
			got, err := grade()
			require.NoError(t, err)
			checks := got.Exercises[0].Checks
			require.Equal(t, results.Pass, checks[0].Verdict)
			require.Equal(t, results.Infra, checks[1].Verdict)
			require.Zero(t, checks[1].Score)
		})
		require.Len(t, k.killed, 2, "once, and once more")
		again, err := g.Grade(t.Context(), tinySolution(n))
		require.NoError(t, err)
		require.Equal(t, 10, again.Score, "what the machine decided is not in the cache")
	})
	t.Run("every check of a candidate", func(t *testing.T) {
		n++
		p, check := prepared(t, g, tinySolution(n)), kit.Exercises[0].Checks(true)[1]
		run := func(times, kills int, want results.Verdict) {
			k := killer{words: []string{"-probe.grader"}, most: kills}
			k.during(func() {
				for range times {
					got, err := g.Check(t.Context(), p, check, Options{})
					require.NoError(t, err)
					require.Equal(t, want, got.Verdict)
				}
			})
			require.Len(t, k.killed, kills)
		}
		run(enough+2, 2*enough+2, results.Infra) // at last nobody waits for it any more
		run(1, 0, results.Pass)
		run(1, 2, results.Infra)
	})
	t.Run("the go command every time", func(t *testing.T) {
		k := killer{words: []string{"go", "test", "-c"}, most: 100}
		k.during(func() {
			_, err := grade()
			require.ErrorContains(t, err, "the machine kept the compiler from finishing, twice")
		})
	})
}
