package cli

import (
	"context"
	"fmt"
	"runtime"

	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/sandbox"
)

type doctorCmd struct{ kitFlag }

// Run tries everything that grading needs and says what it found. It exits with
// 3 when submissions cannot be graded here.
func (c doctorCmd) Run(ctx context.Context, env Env, lang lang) error {
	kit, err := c.load()
	if err != nil {
		return err
	}
	say := func(what, found string) { fmt.Fprintf(env.Stdout, "%-14s %s\n", what, found) }
	say("go", fmt.Sprintf("%s %s/%s, %d cores", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU()))
	hidden := "with hidden tests"
	if !kit.Hidden {
		hidden = "a student kit: visible tests alone"
	}
	say("kit", fmt.Sprintf("%s, %d exercises, %s", kit.Dir, len(kit.Exercises), hidden))
	box, err := sandbox.Detect(ctx, "auto")
	if err != nil {
		say("sandbox", "none: "+err.Error())
		return err
	}
	tier := string(box.Tier())
	if why := box.Why(); why != "" {
		tier += ": " + why
	}
	say("sandbox", tier)
	g, err := grading.New(ctx, grading.Config{
		Kit: kit, Exercises: kit.Exercises, Box: box, Lang: string(lang),
		Tell: func(text string) { say("cache", text) },
	})
	if err != nil {
		say("race detector", "no: "+err.Error())
		return err
	}
	say("race detector", "yes, and the standard library is compiled with it")
	say("limits", fmt.Sprintf("%v of processor time and %d MB for a check", g.Limits.CPU, g.Limits.Memory>>20))
	return g.Close()
}
