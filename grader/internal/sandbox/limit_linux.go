package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
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
	Life   int // descriptor that reads to its end when the grader is dead
}

// viaLauncher has cmd start as a launcher that becomes the command. The end of
// life is the end of the command and of all that it started.
func viaLauncher(cmd *exec.Cmd, l Limits, report, life *os.File) error {
	exe, err := self()
	if err != nil {
		return err
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, report, life)
	last := 2 + len(cmd.ExtraFiles)
	text, err := json.Marshal(limitOrder{Path: cmd.Path, Limits: l, Report: last - 1, Life: last})
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
	unix.CloseOnExec(o.Life)
	if err := o.startGuard(); err != nil {
		return err
	}
	o.Limits.Threads = 0 // the kernel counts the user's others too
	if err := setRlimits(o.Limits); err != nil {
		return err
	}
	return unix.Exec(o.Path, args, os.Environ())
}

// startGuard starts a process that ends the command's group when the grader
// dies without doing so: the kernel does it for the command alone, not for the
// compilers that a go command has started.
func (o *limitOrder) startGuard() error {
	life := os.NewFile(uintptr(o.Life), "life")
	p, err := os.StartProcess("/proc/self/exe", []string{os.Args[0], guardArg}, &os.ProcAttr{
		Env: []string{}, Files: []*os.File{life},
	})
	if err != nil {
		return fmt.Errorf("start the guard: %w", err)
	}
	return p.Release()
}

// guard ends its own process group, itself too, when the grader is dead.
func guard() int {
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = unix.Kill(0, unix.SIGKILL)
	return 1
}

func treeOf(pid int) meter { return &treeMeter{pid: pid, delays: delays{}} }
