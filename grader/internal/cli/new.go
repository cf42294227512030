package cli

import (
	"errors"
	"fmt"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/exam"
	"gorutinas/grader/internal/message"
)

type newCmd struct {
	kitFlag
	Exercise string `arg:"" help:"Its name: a package's, in lower case."`
}

// Run makes the files of a small exercise that works, for its author to replace.
func (c newCmd) Run(env Env, lang lang) error {
	dir, err := c.root()
	if err != nil {
		return err
	}
	kit, err := catalog.Load(dir)
	if err != nil {
		return usage(err)
	}
	if !kit.Hidden {
		return usagef("a student kit takes no new exercises: use a clone of the whole kit")
	}
	files, err := exam.Scaffold(kit, c.Exercise)
	if _, mistaken := errors.AsType[exam.NameError](err); mistaken {
		return usage(err)
	}
	if err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintln(env.Stdout, f)
	}
	next := fmt.Sprintf("next: replace what is in them, and ask `grader verify %s` what is missing;\n"+
		"`go test ./grader/internal/catalog -update` adds the exercise to the index", c.Exercise)
	fmt.Fprintf(env.Stdout, "\n%s\n", message.Problem(string(lang), next))
	return nil
}
