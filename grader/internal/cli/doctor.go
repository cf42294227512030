package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"

	"gorutinas/grader/internal/build"
	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/message"
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
	say := func(what, found string) {
		fmt.Fprintf(env.Stdout, "%-14s %s\n", message.Word(string(lang), what), message.Problem(string(lang), found))
	}
	say("grader", fmt.Sprintf("built with %s for %s/%s, %d cores", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU()))
	hidden := "with hidden tests"
	if !kit.Hidden {
		hidden = "a student kit: visible tests alone"
	}
	say("kit", fmt.Sprintf("%s, %d exercises, %s", kit.Dir, len(kit.Exercises), hidden))
	box, walls := machineFlags{Sandbox: sandbox.Auto}.box(ctx, !kit.Hidden)
	if walls != nil {
		say("sandbox", "none: "+walls.Error())
		if box, err = sandbox.DetectAny(ctx); err != nil { // for the rest
			return walls
		}
	} else {
		tier := string(box.Tier())
		if why := box.Why(); why != "" {
			tier += ": " + why
		}
		say("sandbox", tier)
	}
	g, err := grading.New(ctx, grading.Config{
		Kit: kit, Exercises: kit.Exercises, Box: box, Lang: string(lang),
		Tell: func(text string) { say("note", text) },
	})
	if err != nil {
		say(failing(err), "no: "+err.Error())
		return err
	}
	say("go", g.Provenance().Go)
	race := "yes, and the standard library is compiled with it"
	if !g.Race() {
		race = "no"
	}
	say("race detector", race)
	say("limits", fmt.Sprintf("%v of processor time and %d MB for a check", g.Limits.CPU, g.Limits.Memory>>20))
	return cmp.Or(walls, g.Close())
}

// failing names what of grading does not work.
func failing(err error) string {
	if errors.Is(err, build.ErrNoRace) {
		return "race detector"
	}
	return "grading"
}
