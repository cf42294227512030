package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// nobody is who a program is, inside a user namespace always and outside when
// the grader is root.
const nobody = 65534

// programFD is the descriptor to execute: the first that is out of reach for
// the program, so that the one call of execveat that is allowed cannot be
// repeated. The grader puts it there: in a launcher, which has threads, going
// so far beyond the descriptors in use costs milliseconds.
func (l Limits) programFD() int { return l.Files }

// order is what a launcher is told, as JSON in an argument.
type order struct {
	Tier   Tier
	Args   []string // with the name
	Env    []string
	Limits Limits
	Drop   bool     // become nobody
	Loader string   // the program's ELF interpreter, "" for a static one
	Libs   []string // the files that the loader needs, itself too
}

// command prepares the launcher of c. The program is its last descriptor.
func (b *Box) command(c Command) (*exec.Cmd, *os.File, error) {
	exe, err := self()
	if err != nil {
		return nil, nil, err
	}
	program, err := os.Open(c.Path)
	if err != nil {
		return nil, nil, err
	}
	if c.Limits.Files, err = reachable(c.Limits.Files); err != nil {
		program.Close()
		return nil, nil, err
	}
	o := order{Tier: b.tier, Args: append([]string{c.Path}, c.Args...), Env: c.Env, Limits: c.Limits}
	o.Drop = b.tier != None && (b.userNS || canBecomeNobody())
	if o.Loader, o.Libs, err = libraries(program); err != nil {
		program.Close()
		return nil, nil, err
	}
	text, err := json.Marshal(o)
	if err != nil {
		program.Close()
		return nil, nil, err
	}
	cmd := &exec.Cmd{
		Path:        "/proc/self/exe", // exe may be replaced, or out of reach for nobody
		Args:        []string{exe, launchArg, string(text)},
		Env:         []string{},
		Dir:         "/",
		SysProcAttr: b.attributes(),
		ExtraFiles:  make([]*os.File, c.Limits.programFD()+1-inputFD),
	}
	cmd.ExtraFiles[c.Limits.programFD()-inputFD] = program
	return cmd, program, nil
}

// reachable is n, or less when this process itself may not open as many. There
// is always room for what a program starts with.
func reachable(n int) (int, error) {
	var now unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &now); err != nil {
		return 0, fmt.Errorf("read the limit of descriptors: %w", err)
	}
	return max(min(n, int(min(now.Cur, 1<<20))-1), reportFD+1), nil
}

func (b *Box) attributes() *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{Setsid: true, Pdeathsig: unix.SIGKILL}
	if b.tier != Full {
		return a
	}
	a.Cloneflags = unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS | unix.CLONE_NEWNS
	if !b.userNS {
		return a
	}
	a.Cloneflags |= unix.CLONE_NEWUSER
	uid, gid := os.Geteuid(), os.Getegid()
	if canBecomeNobody() {
		uid, gid = nobody, nobody
		a.GidMappingsEnableSetgroups = true
	}
	a.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: uid, Size: 1}}
	a.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: gid, Size: 1}}
	// Nobody in the namespace is root, so the launcher keeps its powers over
	// the namespace only as ambient ones.
	a.AmbientCaps = []uintptr{unix.CAP_SYS_ADMIN, unix.CAP_NET_ADMIN, unix.CAP_SETUID, unix.CAP_SETGID, unix.CAP_SETPCAP}
	return a
}

// launch becomes the program, or reports why it cannot and exits.
func launch(args []string) {
	runtime.LockOSThread() // powers and walls belong to a thread until it executes the program
	var o order
	if len(args) != 1 {
		reportFailure(reportFD, fmt.Errorf("%s is for the grader itself", launchArg))
	}
	if err := json.Unmarshal([]byte(args[0]), &o); err != nil {
		reportFailure(reportFD, err)
	}
	reportFailure(reportFD, o.enter())
}

// enter builds the walls from the outside in and returns only when one of
// them, or the program, fails.
func (o *order) enter() error {
	unix.Umask(0o022)
	if err := closeOnExec(reportFD); err != nil {
		return err
	}
	if err := o.apart(); err != nil {
		return err
	}
	if err := dropPowers(); err != nil {
		return err
	}
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("tie the run to the grader's life: %w", err)
	}
	if err := setRlimits(o.Limits); err != nil {
		return err
	}
	fd := o.Limits.programFD()
	if err := o.guard(fd); err != nil {
		return err
	}
	return execFD(fd, o.Args, o.Env)
}

// apart leaves the grader's user, and in Full its files and network.
func (o *order) apart() error {
	var shared []source
	if o.Tier == Full {
		// As the grader still: its user may go where nobody may not.
		var err error
		if shared, err = openSources(o.Libs); err != nil {
			return err
		}
	}
	if o.Drop {
		if err := becomeNobody(); err != nil {
			return err
		}
	}
	if o.Tier != Full {
		return nil
	}
	if err := loopbackUp(); err != nil {
		return err
	}
	return enterRoot(shared, o.Limits.Disk)
}

// guard raises the walls that stay up in the program. In None there is only
// the filter for new processes, and the program runs without it too.
func (o *order) guard(fd int) error {
	if o.Tier == None {
		_ = loadFilters(o.Tier, fd)
		return nil
	}
	if err := o.restrictFiles(fd); err != nil {
		return err
	}
	return loadFilters(o.Tier, fd)
}

// closeOnExec keeps descriptors from first on out of the program, also those
// that the grader itself inherited from whoever started it.
func closeOnExec(first int) error {
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return fmt.Errorf("list open descriptors: %w", err)
	}
	for _, e := range open {
		var fd int
		if _, err := fmt.Sscan(e.Name(), &fd); err == nil && fd >= first {
			unix.CloseOnExec(fd)
		}
	}
	return nil
}

// execFD becomes the program that fd is. No path is looked up, so the program
// need not be in the new root.
func execFD(fd int, args, env []string) error {
	argv, err := syscall.SlicePtrFromStrings(args)
	if err != nil {
		return err
	}
	envv, err := syscall.SlicePtrFromStrings(env)
	if err != nil {
		return err
	}
	empty, err := unix.BytePtrFromString("")
	if err != nil {
		return err
	}
	_, _, errno := unix.RawSyscall6(unix.SYS_EXECVEAT, uintptr(fd), uintptr(unsafe.Pointer(empty)),
		uintptr(unsafe.Pointer(&argv[0])), uintptr(unsafe.Pointer(&envv[0])), unix.AT_EMPTY_PATH, 0)
	if errno == unix.EACCES {
		return fmt.Errorf("%w: all users must be able to read and execute it (chmod a+rx)", errno)
	}
	return errno
}
