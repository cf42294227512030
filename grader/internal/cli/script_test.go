package cli

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"gorutinas/grader/internal/exam/mutant"
	"gorutinas/grader/internal/gate"
	"gorutinas/grader/internal/sandbox"
)

func TestMain(m *testing.M) {
	sandbox.Init()
	gate.Init()
	testscript.Main(m, map[string]func(){"grader": func() { os.Exit(Run()) }})
}

// The commands as people use them: testdata/script/*.txtar. $KIT is this kit,
// $GRADER the grader's directory, $ORIGINAL what PATH was at first.
func TestScripts(t *testing.T) {
	kit, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "kit": smallKit(kit), "tiny": tinyKit(kit), "mutants": listMutants,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("KIT", kit)
			for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOROOT"} {
				env.Setenv(name, goEnv(t, name))
			}
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, "cache"))
			env.Setenv("LANG", "en_US.UTF-8")
			program, err := exec.LookPath("grader")
			env.Setenv("GRADER", filepath.Dir(program))
			env.Setenv("ORIGINAL", env.Getenv("PATH"))
			return err
		},
	})
}

// smallKit copies a kit of one exercise, for scripts that build a lot or break
// something: kit EXERCISE DIR.
func smallKit(from string) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 2 {
			ts.Fatalf("usage: kit EXERCISE DIR")
		}
		to := ts.MkAbs(args[1])
		ts.Check(bareKit(from, to))
		for _, dir := range []string{"exercises/" + args[0], "solutions/" + args[0]} {
			ts.Check(os.CopyFS(filepath.Join(to, dir), os.DirFS(filepath.Join(from, dir))))
		}
	}
}

// tinyKit makes a kit of the exercise in grader/testdata/tiny, whose checks take no
// time: tiny DIR.
func tinyKit(from string) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 1 {
			ts.Fatalf("usage: tiny DIR")
		}
		to := ts.MkAbs(args[0])
		ts.Check(bareKit(from, to))
		ts.Check(os.CopyFS(to, os.DirFS(filepath.Join(from, "grader/testdata/tiny"))))
	}
}

// listMutants adds all mutants of a program to a list of equivalents:
// mutants PROGRAM LIST.
func listMutants(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mutants PROGRAM LIST")
	}
	all, err := mutant.All([]byte(ts.ReadFile(args[0])))
	ts.Check(err)
	list, err := os.OpenFile(ts.MkAbs(args[1]), os.O_APPEND|os.O_WRONLY, 0o644)
	ts.Check(err)
	for _, m := range all {
		fmt.Fprintln(list, m.ID(), m)
	}
	ts.Check(list.Close())
}

// bareKit copies what a kit has besides exercises.
func bareKit(from, to string) error {
	if err := os.CopyFS(filepath.Join(to, "exercises/internal"), os.DirFS(filepath.Join(from, "exercises/internal"))); err != nil {
		return err
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// exits runs a program and fails unless it exits with a code:
// exits CODE PROGRAM ARG...
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG...")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

func goEnv(t *testing.T, name string) string {
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
