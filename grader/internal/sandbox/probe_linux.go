package sandbox

import (
	"errors"
	"fmt"
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

var needs = []attempt{
	{"read its own environment", func(targets) error { return readsSome("/proc/self/environ") }},
	{"read its own memory map", func(targets) error { return readsSome("/proc/self/maps") }},
	{"open the null device", func(targets) error { return readsSome(os.DevNull) }},
	{"start threads", func(targets) error { startThreads(8); return nil }},
}

var waysOut = []attempt{
	{"read a file of the machine", readTarget},
	{"list a directory of the machine", listTarget},
	{"write a file on the machine", changeTarget},
	{"connect to the machine's network", func(t targets) error { return reach("tcp", t.TCP) }},
	{"connect to a socket of the machine", func(t targets) error { return reach("unix", t.Unix) }},
	{"start a process", func(targets) error { return forks() }},
	{"execute a program", func(targets) error { return executes() }},
	{"signal the grader", func(t targets) error { return signals(t.Grader) }},
	{"trace the grader", func(t targets) error { return traces(t.Grader) }},
	{"read the grader's environment", func(t targets) error { return readsSome(fmt.Sprintf("/proc/%d/environ", t.Grader)) }},
	{"make a user namespace", func(targets) error { return unix.Unshare(unix.CLONE_NEWUSER) }},
}

// readsSome succeeds when a file can be opened and read.
func readsSome(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if path == os.DevNull {
		return nil
	}
	_, err = f.Read(make([]byte, 1))
	return err
}

// startThreads has n threads in system calls at once.
func startThreads(n int) {
	var threads sync.WaitGroup
	for range n {
		threads.Go(func() {
			_ = unix.Nanosleep(&unix.Timespec{Nsec: 1e6}, nil)
		})
	}
	threads.Wait()
}

// forks succeeds when there is a child process, which ends at once.
func forks() error {
	pid, _, errno := unix.RawSyscall6(unix.SYS_CLONE, uintptr(unix.SIGCHLD), 0, 0, 0, 0, 0)
	if errno != 0 {
		return errno
	}
	if pid == 0 {
		for {
			_, _, _ = unix.RawSyscall(unix.SYS_EXIT_GROUP, 0, 0, 0)
		}
	}
	_, err := unix.Wait4(int(pid), nil, 0, nil)
	return err
}

// executes succeeds when a program was not refused but not found: executing
// one would be the end of this one.
func executes() error {
	err := unix.Exec("/nowhere", []string{"nowhere"}, nil)
	if errors.Is(err, unix.ENOENT) {
		return nil
	}
	return err
}

// signals succeeds when a signal could be sent. None is: 0 only asks.
func signals(pid int) error {
	return unix.Kill(pid, 0)
}

// traces succeeds when pid could be traced. Seizing does not stop it, and the
// end of the self-test lets it go.
func traces(pid int) error {
	_, _, errno := unix.RawSyscall6(unix.SYS_PTRACE, unix.PTRACE_SEIZE, uintptr(pid), 0, 0, 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}
