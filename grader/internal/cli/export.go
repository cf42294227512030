package cli

import (
	"fmt"

	"gorutinas/grader/internal/export"
)

type exportCmd struct {
	kitFlag
	Dir string `arg:"" help:"A new directory." type:"path"`
}

// Run makes the student kit.
func (c exportCmd) Run(env Env) error {
	kit, err := c.load()
	if err != nil {
		return err
	}
	if !kit.Hidden {
		return usagef("this is a student kit already: export from a clone of the whole kit")
	}
	if err := export.Vacant(c.Dir); err != nil {
		return usage(err)
	}
	if err := export.Write(kit, c.Dir); err != nil {
		return fmt.Errorf("make the student kit: %w; give a directory with space that can be written", err)
	}
	_, err = fmt.Fprintln(env.Stdout, c.Dir)
	return err
}
