package sandbox

import (
	"fmt"
	"os/exec"
	"time"
)

// child is a started process, from its start until it is reaped.
type child struct {
	cmd    *exec.Cmd
	exited chan struct{} // closed when it has ended
	err    error         // of Wait, after reap
}

// await returns a child whose exited channel closes at its end.
func await(cmd *exec.Cmd) *child {
	c := &child{cmd: cmd, exited: make(chan struct{})}
	go func() {
		defer close(c.exited)
		c.awaitExit()
	}()
	return c
}

// Each system has two more methods: awaitExit returns at the end, reap then
// lets go of the child. After reap its number may be another process's.

func (c *child) pid() int { return c.cmd.Process.Pid }

// deathTime is what the kernel has to end what was killed.
const deathTime = 30 * time.Second

// end kills c and everything that it started, waits until it is dead, and reaps it.
func (c *child) end() error {
	killAll(c.pid())
	select {
	case <-c.exited:
	case <-time.After(deathTime):
		return fmt.Errorf("process %d does not die although it was killed: end it by hand", c.pid())
	}
	killAll(c.pid()) // what a leader left behind in its group
	c.reap()         // its error is in ProcessState
	awaitGroup(c.pid())
	return nil
}
