//go:build !linux

package sandbox

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// available: only Linux has boxes.
func available() []Box { return []Box{} }

// command starts the program itself, in a group of its own.
func (b *Box) command(c Command) (*exec.Cmd, *os.File, error) {
	program, err := os.Open(c.Path)
	if err != nil {
		return nil, nil, err
	}
	env := c.Env
	if env == nil {
		env = []string{}
	}
	return &exec.Cmd{
		Path:        c.Path,
		Args:        append([]string{c.Path}, c.Args...),
		Env:         env,
		SysProcAttr: ownGroup(),
		ExtraFiles:  make([]*os.File, recordFD+1-inputFD),
	}, program, nil
}

// launch, limit and guard: there are no launchers here.
func launch([]string) { fmt.Fprintln(os.Stderr, errNoLauncher) }

func limit([]string) { fmt.Fprintln(os.Stderr, errNoLauncher) }

func guard() int { return 1 }

var errNoLauncher = errors.New("only on Linux does a program start by way of the grader")

func viaLauncher(cmd *exec.Cmd, _ Limits, _, _ *os.File) error {
	cmd.SysProcAttr = ownGroup()
	return nil
}

// awaitExit reaps the child as well.
func (c *child) awaitExit() { c.err = c.cmd.Wait() }

func (c *child) reap() {}

// diedOf: no limit of the kernel's is set here.
func diedOf(*os.ProcessState, int64, Limits) Reason { return "" }

var needs = []attempt{
	{"read its input", func(t targets) error {
		if t.Nonce == "" {
			return errors.New("it is empty")
		}
		return nil
	}},
}

var waysOut = []attempt{
	{"read a file of the machine", readTarget},
	{"list a directory of the machine", listTarget},
	{"write a file on the machine", changeTarget},
	{"connect to the machine's network", func(t targets) error { return reach("tcp", t.TCP) }},
}
