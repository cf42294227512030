package sandbox

import (
	"fmt"
	"os"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The calls here act on the calling thread alone, which is enough: the other
// threads of a launcher end when this one executes the program.

// canBecomeNobody: root can, unless it is one in a user namespace with no
// other user, and then it is no more than an ordinary user outside.
func canBecomeNobody() bool {
	if os.Geteuid() != 0 {
		return false
	}
	ids, err := os.ReadFile("/proc/self/uid_map")
	if err != nil {
		return true
	}
	for line := range strings.Lines(string(ids)) {
		var first, outside, n int
		if _, err := fmt.Sscan(line, &first, &outside, &n); err == nil && first <= nobody && nobody < first+n {
			return true
		}
	}
	return false
}

// becomeNobody changes the user and keeps the powers.
func becomeNobody() error {
	if err := unix.Prctl(unix.PR_SET_KEEPCAPS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("keep capabilities: %w", err)
	}
	// Refused in a user namespace of an ordinary user, whose groups stay; they
	// open nothing, since no file of theirs is in the new root.
	_, _, _ = unix.RawSyscall(unix.SYS_SETGROUPS, 0, 0, 0)
	if _, _, errno := unix.RawSyscall(unix.SYS_SETRESGID, nobody, nobody, nobody); errno != 0 {
		return fmt.Errorf("become group %d: %w", nobody, errno)
	}
	if _, _, errno := unix.RawSyscall(unix.SYS_SETRESUID, nobody, nobody, nobody); errno != 0 {
		return fmt.Errorf("become user %d: %w", nobody, errno)
	}
	return raiseEffective()
}

// raiseEffective takes back what changing from root to a user switched off.
func raiseEffective() error {
	h := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var d [2]unix.CapUserData
	if err := unix.Capget(&h, &d[0]); err != nil {
		return fmt.Errorf("read capabilities: %w", err)
	}
	for i := range d {
		d[i].Effective = d[i].Permitted
	}
	if err := unix.Capset(&h, &d[0]); err != nil {
		return fmt.Errorf("raise capabilities: %w", err)
	}
	return nil
}

// dropPowers gives up every capability, also for whatever is executed later.
func dropPowers() error {
	for c := uintptr(0); c <= unix.CAP_LAST_CAP; c++ {
		// Without the power to shrink the set there is nothing in it to lose,
		// because of no_new_privs below.
		_, _, _ = unix.RawSyscall6(unix.SYS_PRCTL, unix.PR_CAPBSET_DROP, c, 0, 0, 0, 0)
	}
	_, _, _ = unix.RawSyscall6(unix.SYS_PRCTL, unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0, 0)
	h := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var d [2]unix.CapUserData
	if err := unix.Capset(&h, &d[0]); err != nil {
		return fmt.Errorf("drop capabilities: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("set no_new_privs: %w", err)
	}
	return nil
}

// loopbackUp switches on the only interface of a new network namespace.
func loopbackUp() error {
	s, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("open a socket: %w", err)
	}
	defer func() { _ = unix.Close(s) }()
	req, err := unix.NewIfreq("lo")
	if err != nil {
		return err
	}
	req.SetUint16(unix.IFF_UP)
	if err := unix.IoctlIfreq(s, unix.SIOCSIFFLAGS, req); err != nil {
		return fmt.Errorf("bring the loopback interface up: %w", err)
	}
	return nil
}

// maxThreads is far above Limits.Threads, which a watchdog holds: the kernel's
// own limit also counts what else the user runs.
const maxThreads = 8192

// kernelCPU is the kernel's own limit on processor time, in seconds: behind the
// watchdog, in case that has ended. It grows with the limit, since the kernel counts the
// time for it by another clock than the one that a watchdog reads, and the two were seen
// to differ by 6 %. Who is ended by this one, and not by the watchdog, seems to have
// been killed from outside.
func kernelCPU(limit time.Duration) uint64 { return uint64(limit.Seconds()*1.25) + 2 }

// setRlimits sets a limit for each value that is not zero.
func setRlimits(l Limits) error {
	set := []struct {
		name     string
		resource int
		to       uint64
		on       bool
	}{
		{"core", unix.RLIMIT_CORE, 0, true},
		{"cpu", unix.RLIMIT_CPU, kernelCPU(l.CPU), l.CPU > 0},
		{"file size", unix.RLIMIT_FSIZE, uint64(l.Disk), l.Disk > 0},
		{"open files", unix.RLIMIT_NOFILE, uint64(l.Files), l.Files > 0},
		{"threads", unix.RLIMIT_NPROC, maxThreads, l.Threads > 0},
	}
	for _, s := range set {
		if s.on {
			if err := lower(s.resource, s.to); err != nil {
				return fmt.Errorf("limit %s: %w", s.name, err)
			}
		}
	}
	return nil
}

// lower sets a limit that nobody can raise again; a lower one stays.
func lower(resource int, to uint64) error {
	var r unix.Rlimit
	if _, _, errno := unix.RawSyscall6(unix.SYS_PRLIMIT64, 0, uintptr(resource), 0, uintptr(unsafe.Pointer(&r)), 0, 0); errno != 0 {
		return errno
	}
	r.Max = min(r.Max, to)
	r.Cur = r.Max
	if _, _, errno := unix.RawSyscall6(unix.SYS_PRLIMIT64, 0, uintptr(resource), uintptr(unsafe.Pointer(&r)), 0, 0, 0); errno != 0 {
		return errno
	}
	return nil
}
