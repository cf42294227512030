package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// limitOrder is what the launcher of a command under limits is told.
type limitOrder struct {
	Path   string
	Limits Limits
	Report int // descriptor
}

// viaLauncher has cmd start as a launcher that becomes the command.
func viaLauncher(cmd *exec.Cmd, l Limits, report *os.File) error {
	exe, err := self()
	if err != nil {
		return err
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, report)
	text, err := json.Marshal(limitOrder{Path: cmd.Path, Limits: l, Report: 2 + len(cmd.ExtraFiles)})
	if err != nil {
		return err
	}
	cmd.Args = append([]string{exe, limitArg, string(text)}, cmd.Args...)
	cmd.Path = "/proc/self/exe"
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: unix.SIGKILL}
	return nil
}

// limit sets limits and becomes the command, or reports why it cannot.
func limit(args []string) {
	var o limitOrder
	if len(args) < 2 {
		fmt.Fprintf(os.Stderr, "%s is for the grader itself\n", limitArg)
		os.Exit(1)
	}
	if err := json.Unmarshal([]byte(args[0]), &o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	reportFailure(o.Report, o.enter(args[1:]))
}

func (o *limitOrder) enter(args []string) error {
	unix.CloseOnExec(o.Report)
	o.Limits.Threads = 0 // the kernel counts the user's others too
	if err := setRlimits(o.Limits); err != nil {
		return err
	}
	return unix.Exec(o.Path, args, os.Environ())
}

func treeOf(pid int) meter { return &treeMeter{pid: pid, delays: delays{}} }
