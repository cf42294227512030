package sandbox

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"unsafe"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// harmless calls change nothing outside of the process, or act on a descriptor
// or a path that another wall has judged. Names that an architecture lacks are
// left out for it.
var harmless = []string{
	// memory
	"brk", "mmap", "mprotect", "munmap", "mremap", "madvise", "mincore", "membarrier", "mlock", "munlock", "msync",
	// threads and waiting
	"futex", "futex_waitv", "sched_yield", "sched_getaffinity", "set_tid_address", "set_robust_list",
	"get_robust_list", "rseq", "arch_prctl", "getcpu", "exit", "exit_group", "restart_syscall", "pause",
	"wait4", "waitid",
	// signals and time
	"rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigsuspend", "rt_sigtimedwait",
	"sigaltstack", "nanosleep", "clock_nanosleep", "clock_gettime", "clock_getres", "gettimeofday", "time",
	"setitimer", "getitimer", "alarm", "timer_create", "timer_settime", "timer_gettime", "timer_getoverrun",
	"timer_delete",
	// who and where one is
	"getpid", "gettid", "getppid", "getpgrp", "getpgid", "getsid", "getuid", "geteuid", "getgid", "getegid",
	"getresuid", "getresgid", "getgroups", "getrlimit", "getrusage", "getpriority", "times", "uname", "sysinfo",
	"getrandom", "getcwd", "capget", "umask",
	// descriptors
	"read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2", "pwritev2",
	"close", "close_range", "dup", "dup2", "dup3", "lseek", "pipe", "pipe2", "poll", "ppoll", "select", "pselect6",
	"epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2",
	"eventfd", "eventfd2", "timerfd_create", "timerfd_settime", "timerfd_gettime",
	"fstat", "fstatfs", "fadvise64", "getdents", "getdents64", "sendfile", "splice", "copy_file_range",
	// paths, to read
	"open", "openat", "openat2", "stat", "lstat", "newfstatat", "fstatat", "statx", "statfs", "access", "faccessat",
	"faccessat2", "readlink", "readlinkat", "chdir", "fchdir",
}

// private calls are for Full alone, where the only files that can be changed
// are in a /tmp that ends with the run, and the only network is its own.
var private = []string{
	"creat", "mkdir", "mkdirat", "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2",
	"truncate", "ftruncate", "fallocate", "fsync", "fdatasync", "chmod", "fchmod", "fchmodat", "utimensat",
	"bind", "listen", "accept", "accept4", "connect", "shutdown", "getsockname", "getpeername",
	"getsockopt", "setsockopt", "sendto", "sendmsg", "sendmmsg", "recvfrom", "recvmsg", "recvmmsg",
}

// refused calls say that they are not permitted. Everything else that is not
// allowed says that this kernel does not have it, which sends libraries down
// the path for older kernels.
var refused = []string{
	"fork", "vfork", "clone", "execve", "execveat", "ptrace", "process_vm_readv", "process_vm_writev",
	"kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal", "pidfd_getfd",
	"mount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen", "unshare", "setns",
	"bpf", "keyctl", "add_key", "request_key", "perf_event_open", "userfaultfd", "kexec_load", "kexec_file_load",
	"init_module", "finit_module", "delete_module", "reboot", "swapon", "swapoff", "setuid", "setgid", "setresuid",
	"setresgid", "setgroups", "setsid", "setpgid", "prctl", "prlimit64", "setrlimit", "personality", "fcntl", "ioctl",
	"socket", "socketpair", "bind", "listen", "connect", "sendto", "sendmsg", "creat", "mkdir", "mkdirat", "mknod", "mknodat",
	"rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat",
	"truncate", "ftruncate", "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown", "fchownat",
	"utime", "utimes", "utimensat", "setxattr", "lsetxattr", "fsetxattr",
}

// enosys calls do not exist for the program: their arguments are in memory,
// where a filter cannot look, and callers fall back on the older call.
var enosys = []string{"clone3", "io_uring_setup", "io_uring_enter", "io_uring_register"}

// partly says that a call is allowed only with one of some values for an
// argument. It is a filter of its own: after a look at an argument, the
// library's next comparison would not look at the call's number again.
type partly struct {
	call     string
	argument uint32
	values   []uint64
}

func (p partly) policy() seccomp.Policy {
	var all seccomp.ArgumentConditions
	for _, v := range p.values {
		all = append(all, seccomp.Condition{Argument: p.argument, Operation: seccomp.NotEqual, Value: v})
	}
	return refuse(p.call, all)
}

func refuse(call string, when seccomp.ArgumentConditions) seccomp.Policy {
	return seccomp.Policy{DefaultAction: seccomp.ActionAllow, Syscalls: []seccomp.SyscallGroup{{
		Action:             errnoAction(unix.EPERM),
		NamesWithCondtions: []seccomp.NameWithConditions{{Name: call, Conditions: when}},
	}}}
}

// noProcess refuses clone unless it makes a thread.
func noProcess() seccomp.Policy {
	return refuse("clone", seccomp.ArgumentConditions{{Operation: seccomp.BitsNotSet, Value: unix.CLONE_THREAD}})
}

func partlyAllowed(t Tier, program int) []partly {
	me := uint64(os.Getpid()) // stays when this process becomes the program
	all := []partly{
		{"execveat", 0, []uint64{uint64(program)}},
		{"execveat", 4, []uint64{unix.AT_EMPTY_PATH}},
		{"kill", 0, []uint64{me}},
		{"tgkill", 0, []uint64{me}},
		{"prlimit64", 0, []uint64{0}},
		{"prctl", 0, []uint64{unix.PR_SET_NAME, unix.PR_GET_NAME, unix.PR_SET_VMA}},
		{"ioctl", 1, []uint64{unix.TCGETS}},
		// Not F_SETOWN and F_SETSIG, which send signals to other processes.
		{"fcntl", 1, []uint64{
			unix.F_DUPFD, unix.F_DUPFD_CLOEXEC, unix.F_GETFD, unix.F_SETFD, unix.F_GETFL, unix.F_SETFL,
			unix.F_GETLK, unix.F_SETLK, unix.F_SETLKW,
		}},
		{"socketpair", 0, []uint64{unix.AF_UNIX}},
	}
	if t == Full {
		all = append(all, partly{"socket", 0, []uint64{unix.AF_INET, unix.AF_INET6, unix.AF_UNIX}})
	}
	return all
}

// walls are the filters of a tier in the order to load them: of all that
// have an opinion about a call, the strictest is heard.
func walls(t Tier, program int) []seccomp.Policy {
	if t == None {
		return []seccomp.Policy{noProcess(), noOtherProcess()}
	}
	all := []seccomp.Policy{noProcess()}
	allowed := append(slices.Clone(harmless), "clone")
	if t == Full {
		allowed = append(allowed, private...)
	}
	for _, p := range partlyAllowed(t, program) {
		all = append(all, p.policy())
		if !slices.Contains(allowed, p.call) {
			allowed = append(allowed, p.call)
		}
	}
	return append(all, allowList(allowed))
}

// allowList refuses all calls but these, and every call of another
// architecture. Last of the filters, since it also refuses to load more.
func allowList(allowed []string) seccomp.Policy {
	return seccomp.Policy{DefaultAction: seccomp.ActionErrno, Syscalls: []seccomp.SyscallGroup{
		{Action: seccomp.ActionAllow, Names: known(allowed)},
		{Action: errnoAction(unix.EPERM), Names: known(without(refused, allowed))},
	}}
}

// noOtherProcess refuses the ways to make a process other than clone.
func noOtherProcess() seccomp.Policy {
	return seccomp.Policy{DefaultAction: seccomp.ActionAllow, Syscalls: []seccomp.SyscallGroup{
		{Action: errnoAction(unix.EPERM), Names: known([]string{"fork", "vfork"})},
		{Action: errnoAction(unix.ENOSYS), Names: known(enosys)},
	}}
}

func errnoAction(e unix.Errno) seccomp.Action { return seccomp.ActionErrno | seccomp.Action(e) }

// known leaves out the names that this architecture does not have.
func known(names []string) []string {
	info, err := arch.GetInfo(runtime.GOARCH)
	if err != nil {
		return nil // loadFilters fails with the same error
	}
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool {
		_, ok := info.SyscallNames[n]
		return !ok
	})
}

func without(names, drop []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return slices.Contains(drop, n) })
}

// loadFilters installs the filters of a tier for this thread.
func loadFilters(t Tier, program int) error {
	for _, p := range walls(t, program) {
		if err := loadFilter(p); err != nil {
			return fmt.Errorf("filter system calls: %w", err)
		}
	}
	return nil
}

// loadFilter installs a filter. One that refuses by default does so as if the
// call did not exist.
func loadFilter(p seccomp.Policy) error {
	program, err := p.Assemble()
	if err != nil {
		return err
	}
	if p.DefaultAction == seccomp.ActionErrno {
		program[len(program)-1] = bpf.RetConstant{Val: uint32(errnoAction(unix.ENOSYS))}
	}
	raw, err := bpf.Assemble(program)
	if err != nil {
		return err
	}
	filter := make([]unix.SockFilter, len(raw))
	for i, r := range raw {
		filter[i] = unix.SockFilter{Code: r.Op, Jt: r.Jt, Jf: r.Jf, K: r.K}
	}
	prog := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	if _, _, errno := unix.RawSyscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(&prog))); errno != 0 {
		return errno
	}
	return nil
}
