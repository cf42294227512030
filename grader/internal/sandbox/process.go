package sandbox

import "os/exec"

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
