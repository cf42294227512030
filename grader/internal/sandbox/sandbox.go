// Package sandbox runs one program that nobody trusts: apart from the machine,
// under limits, and with everything that it started dead when the run is over.
//
// How far apart depends on the machine. A [Tier] counts only after a self-test
// inside it was refused everything that it tried, so a tier is never assumed
// from a version or a flag.
//
// A run starts with this very binary executed a second time: the launcher,
// which builds the walls around itself and then becomes the program. So main,
// and TestMain in tests, call [Init] before anything else.
package sandbox

import (
	"cmp"
	"time"
)

// Tier is how far a run is apart from the machine.
type Tier string

const (
	// Full has namespaces of its own for users, processes, network, mounts,
	// IPC and host name, a root of almost nothing, Landlock where the kernel
	// has it, and a list of the system calls that are allowed.
	Full Tier = "full"
	// Basic has no namespaces: Landlock and the list of system calls, which
	// then holds no sockets and nothing that writes a file. What it cannot
	// refuse is learning whether a file exists.
	Basic Tier = "basic"
	// None has the limits alone. [Detect] takes it only when it is asked for, [DetectAny]
	// where nothing better holds.
	None Tier = "none"
)

// Limits bound one run. What is zero takes its default in [Box.Run] and is no
// limit in [Limit].
type Limits struct {
	Wall    time.Duration // default 10 s; begins anew, a few times, while the machine has no processor for the run
	CPU     time.Duration // of all threads together; default 10 s
	Memory  int64         // resident bytes; default 512 MiB
	Output  int64         // bytes of standard output and error together; default 1 MiB
	Disk    int64         // bytes in /tmp, or of one file where there is no private /tmp; default 16 MiB
	Threads int           // default 512
	Files   int           // open descriptors; default 256
}

func (l Limits) withDefaults() Limits {
	return Limits{
		Wall:    cmp.Or(l.Wall, 10*time.Second),
		CPU:     cmp.Or(l.CPU, 10*time.Second),
		Memory:  cmp.Or(l.Memory, 512<<20),
		Output:  cmp.Or(l.Output, 1<<20),
		Disk:    cmp.Or(l.Disk, 16<<20),
		Threads: cmp.Or(l.Threads, 512),
		Files:   cmp.Or(l.Files, 256),
	}
}

// Command is a program to run once.
type Command struct {
	Path   string   // of the program; all users must be able to read and execute it
	Args   []string // without the name
	Env    []string // all of its environment
	Input  []byte   // what descriptor 3 reads, then the end of file
	Limits Limits
}

// Result is what a run left behind. Standard input of a run is empty.
type Result struct {
	Exit      int    // -1 when a signal ended it
	Signal    string // name of that signal, such as "killed"
	Output    []byte // standard output and error in the order they came, at most Limits.Output and a goroutine dump
	Truncated bool   // there was more output
	Record    []byte // what was written to descriptor 4, at most 1 MiB
	Killed    Reason // the limit that decided, "" for none
	Wall      time.Duration
	CPU       time.Duration // of all threads, without the launcher
	MaxRSS    int64         // the highest that was seen, in bytes; 0 when it ended too soon to look
}

// Reason is the limit that ended a run.
type Reason string

// The limits that end a run.
const (
	CPU     Reason = "cpu"     // used more processor time than it may
	Blocked Reason = "blocked" // at the wall limit every thread slept and none used the processor
	Starved Reason = "starved" // at the wall limit it was still at work, and had waited for a processor
	Wall    Reason = "wall"    // at the wall limit it was still at work, and had had a processor whenever it wanted
	Memory  Reason = "memory"
	Output  Reason = "output"
	Threads Reason = "threads"
	Files   Reason = "files" // had as many descriptors open as it may
	Disk    Reason = "disk"
)

// Box runs programs in one tier. It is made by [Detect] and may be used by
// several goroutines at once.
type Box struct {
	tier   Tier
	userNS bool   // Full by way of a user namespace, not by being root
	why    string // there is no better tier
}

// Tier says how far apart this box keeps what it runs.
func (b *Box) Tier() Tier { return b.tier }

// Why says in a sentence why there is no better tier on this machine. It is
// empty for [Full].
func (b *Box) Why() string { return b.why }
