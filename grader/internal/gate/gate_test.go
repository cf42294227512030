package gate

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/sandbox"
)

// goIn runs the go command in dir.
func goIn(dir string) GoCommand {
	return func(ctx context.Context, args ...string) (string, error) {
		cmd := exec.CommandContext(ctx, "go", args...)
		cmd.Dir = dir
		out, err := cmd.Output()
		return string(out), err
	}
}

var everyExercise = []string{"./exercises/..."}

var kitRoot = filepath.Join("..", "..", "..")

var exported = sync.OnceValues(func() (map[string]string, error) {
	return Exports(context.Background(), goIn(kitRoot), []string{"runtime.Stack", "net/http"}, everyExercise)
})

func request(t testing.TB, all ...Exercise) Request {
	t.Helper()
	exports, err := exported()
	require.NoError(t, err)
	return Request{Exports: exports, Exercises: all}
}

func exercise(name string, lines ...string) Exercise {
	text := strings.Join(append([]string{"package " + name}, lines...), "\n")
	return Exercise{Name: name, Files: map[string][]byte{name + ".go": []byte(text)}}
}

// limited runs cmd under limits that a bomb reaches soon.
func limited(ctx context.Context, cmd *exec.Cmd) (string, error) {
	u, err := sandbox.Limit(cmd, sandbox.Limits{Wall: Wall, CPU: 2 * time.Second, Memory: 512 << 20}).Run(ctx)
	return string(u.Killed), err
}

func TestRun(t *testing.T) {
	answers, err := Run(context.Background(), request(t,
		exercise("balance", `import "sync"`, "var mu sync.Mutex", "func f() { mu.Lock() }"),
		exercise("gather", "var x = 1", `import "unsafe"`),
		exercise("timed", "func f() int { return undefined }"),
		exercise("cache", "func f( {"),
		exercise("future", `import "runtime"`, "func f() { undefined(); runtime.GC() }"),
	), limited)
	require.NoError(t, err)
	require.Len(t, answers, 5)
	require.Contains(t, string(answers["balance"].Files["balance.go"]), `"gorutinas/exercises/internal/explore/sync"`)
	require.Nil(t, answers["balance"].Problem)
	require.Equal(t, "gather.go", answers["gather"].Problem.File)
	require.Equal(t, 3, answers["gather"].Problem.Line)
	require.Contains(t, answers["timed"].Unchecked, "undefined")
	require.Contains(t, answers["cache"].Unchecked, "expected")
	require.Nil(t, answers["cache"].Files)
	require.Equal(t, 3, answers["future"].Problem.Line)
}

// A loop variable is a new one in every iteration, since Go 1.22: no advice on a
// goroutine that uses it.
func TestAdviceKnowsTheLanguage(t *testing.T) {
	e := exercise("fetchall", "func f(all []int) { for i, v := range all { go func() { all[i] = v }() } }")
	answers, err := Run(context.Background(), request(t, e), limited)
	require.NoError(t, err)
	require.Empty(t, answers["fetchall"].Advice)
	require.NotEmpty(t, answers["fetchall"].Files)
}

func TestKitFilesAreCheckedAlong(t *testing.T) {
	e := exercise("processes", "var p = newChild()")
	e.Kit = map[string][]byte{"child.go": []byte("package processes\nimport \"os\"\nfunc newChild() *os.File { return nil }")}
	answers, err := Run(context.Background(), request(t, e), limited)
	require.NoError(t, err)
	require.Equal(t, "", answers["processes"].Unchecked)
	require.Nil(t, answers["processes"].Problem)
	require.Contains(t, answers["processes"].Files, "processes.go")
	require.NotContains(t, answers["processes"].Files, "child.go")
}

// bombs keep a parser or a type checker busy, or fill its memory.
func bombs() []Exercise {
	structs := []string{"type t0 struct{ a, b int }"}
	strs := []string{`const s0 = "0123456789abcdef"`}
	for i := 1; i < 40; i++ {
		n, p := string(rune('0'+i/10))+string(rune('0'+i%10)), string(rune('0'+(i-1)/10))+string(rune('0'+(i-1)%10))
		if i == 1 {
			p = "0"
		}
		structs = append(structs, "type t"+n+" struct{ a, b t"+p+" }")
		strs = append(strs, "const s"+n+" = s"+p+" + s"+p)
	}
	strs = append(strs, `const last = s39 == "x"`)
	structs = append(structs, "var x, y t39", "var z = x == y")
	return []Exercise{
		exercise("gather", strs...),
		exercise("cache", structs...),
		exercise("future", "var x = "+strings.Repeat("(", 90_000)+"1"+strings.Repeat(")", 90_000)),
		exercise("task", "var x "+strings.Repeat("[]", 90_000)+"int"),
		exercise("timed", "type T[P any] struct { f *T[struct{ p P }] }", "var x T[int]"),
	}
}

func TestBombCostsItselfAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds of processor time")
	}
	all := []Exercise{exercise("balance", "var a int")}
	for _, b := range bombs() {
		all = append(all, b, exercise("latency"+b.Name, "var b int"))
	}
	answers, err := Run(context.Background(), request(t, all...), limited)
	require.NoError(t, err)
	require.Len(t, answers, len(all))
	for _, e := range all {
		a := answers[e.Name]
		t.Logf("%s: %+v %.200s", e.Name, a.Problem, a.Unchecked)
		if len(e.Files[e.Name+".go"]) < 50 {
			require.Nil(t, a.Problem)
			require.NotEmpty(t, a.Files)
		}
	}
	require.Equal(t, tooMuch("gather"), answers["gather"])
}

// scripted pretends to be children, one call after the other.
func scripted(outputs ...string) Limiter {
	return func(_ context.Context, cmd *exec.Cmd) (string, error) {
		text, exceeded, _ := strings.Cut(outputs[0], "|")
		outputs = outputs[1:]
		_, err := cmd.Stdout.Write([]byte(text))
		return exceeded, err
	}
}

func TestRunJudgesTheEnd(t *testing.T) {
	const ready, a, b = "{}\n", `{"Answer":{"Exercise":"a"}}` + "\n", `{"Answer":{"Exercise":"b"}}` + "\n"
	for _, test := range []struct {
		name     string
		children []string
		rejected string // names
		err      string
	}{
		{"all well", []string{ready + a + b}, "", ""},
		{"first is a bomb", []string{ready + "|cpu", ready + b}, "a", ""},
		{"both are", []string{ready + "|cpu", ready + "|memory"}, "ab", ""},
		{"second is judged alone", []string{ready + a + "|cpu", ready + "|cpu"}, "b", ""},
		{"second had too little left", []string{ready + a + "|cpu", ready + b}, "", ""},
		{"starved once", []string{ready + "|starved", ready + a + b}, "", ""},
		{"starved for ever", []string{ready + "|starved", ready + "|starved"}, "", "starved"},
		{"cut off in a line", []string{ready + a + `{"Answer":{"Exerc|memory`, ready + b}, "", ""},
		{"did not start", []string{""}, "", "did not start"},
		{"wrong answer", []string{ready + b}, "", "answered for"},
	} {
		t.Run(test.name, func(t *testing.T) {
			req := Request{Exercises: []Exercise{{Name: "a"}, {Name: "b"}}}
			answers, err := Run(context.Background(), req, scripted(test.children...))
			if test.err != "" {
				require.ErrorContains(t, err, test.err)
				return
			}
			require.NoError(t, err)
			rejected := ""
			for _, e := range req.Exercises {
				if answers[e.Name].Problem != nil {
					rejected += e.Name
				}
			}
			require.Len(t, answers, 2)
			require.Equal(t, test.rejected, rejected)
		})
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	_, err := Run(ctx, Request{Exercises: []Exercise{{Name: "a"}}}, func(context.Context, *exec.Cmd) (string, error) {
		cancel()
		return "", errors.New("killed")
	})
	require.ErrorIs(t, err, context.Canceled)
}

func TestExportsNamesWhatIsMissing(t *testing.T) {
	_, err := Exports(context.Background(), goIn(kitRoot), []string{"nowhere/at/all"}, everyExercise)
	require.ErrorContains(t, err, "nowhere/at/all")
}

// TestExportsOfABrokenTree is a student's own tree that does not compile yet.
func TestExportsOfABrokenTree(t *testing.T) {
	kit := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":                   "module gorutinas\n\ngo 1.26.0\n",
		"exercises/cache/cache.go": "package cache\n\nfunc f() { return 1 + }\n",
		"exercises/gil/gil.go":     "package gil\n\nvar x = undefined\n",
		"exercises/task/task.go":   "package task\n\nimport _ \"nowhere/x\"\n",
	} {
		at := filepath.Join(kit, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(at), 0o755))
		require.NoError(t, os.WriteFile(at, []byte(text), 0o600))
	}
	exports, err := Exports(context.Background(), goIn(kit), nil, everyExercise)
	require.NoError(t, err)
	require.FileExists(t, exports["sync"])
}

func TestMainRefusesWhatIsNoRequest(t *testing.T) {
	var out bytes.Buffer
	require.Equal(t, 1, serve(strings.NewReader("{"), &out))
	require.Empty(t, out.String())
}

// A panic in the rules or the rewriter is an error about one exercise.
func TestPanicsAreErrors(t *testing.T) {
	_, err := judge(Exercise{Name: "cache"}, nil, nil)
	require.ErrorContains(t, err, "the gate failed: ")
}

// FuzzGate gives any text to the gate's own process: nothing may make it panic.
func FuzzGate(f *testing.F) {
	for _, dir := range []string{"honest", "hostile"} {
		files, _ := filepath.Glob(filepath.Join("testdata", dir, "*.txt"))
		for _, name := range files {
			text, err := os.ReadFile(name)
			require.NoError(f, err)
			f.Add(text)
		}
	}
	exports, err := exported()
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, text []byte) {
		e := Exercise{Name: "cache", Files: map[string][]byte{"cache.go": text}, Imports: []string{"runtime.Stack"}}
		a := newExaminer(exports).examine(e)
		require.False(t, a.Problem != nil && strings.Contains(a.Problem.Message, "the grader cannot cope"), "%v", a.Problem)
		require.False(t, a.Problem == nil && a.Files == nil && a.Unchecked == "", "no answer for %q", text)
	})
}

// TestCorpus holds the fuzz test's corpus to what its folders are called.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*", "*.txt"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	x := newExaminer(request(t).Exports)
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		a := x.examine(Exercise{Name: "cache", Files: map[string][]byte{"cache.go": text}})
		honest := filepath.Base(filepath.Dir(name)) == "honest"
		require.Equal(t, honest, a.Problem == nil, "%s: %+v", name, a.Problem)
		require.Equal(t, honest, a.Files != nil, "%s: %s", name, a.Unchecked)
	}
}
