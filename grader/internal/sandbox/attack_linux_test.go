package sandbox

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// attacks are programs that a student might hand in. The exit code 0 of one
// that tries to get somewhere means that it was refused everything.
var attacks = map[string]func(args []string) int{
	"hello":       hello,
	"environ":     environ,
	"descriptors": listDescriptors,
	"output":      endlessOutput,
	"memory":      memoryHog,
	"spin":        func([]string) int { return spin() },
	"block":       func([]string) int { return block() },
	"ignore":      ignoreSignals,
	"stop":        stopItself,
	"poll":        poll,
	"crash":       func([]string) int { panic("crashed") },
	"threads":     threadBomb,
	"files":       openEverything,
	"disk":        fillDisk,
	"read":        readFiles,
	"connect":     connectTo,
	"processes":   startProcesses,
	"grader":      harmGrader,
	"again":       executeAgain,
	"loopback":    ownNetwork,
	"spawn":       spawnAnother,
	"grade":       grade,
	"compile":     compile,
}

func hello([]string) int {
	input, err := io.ReadAll(os.NewFile(inputFD, "input"))
	if err != nil {
		return 1
	}
	fmt.Println("to stdout")
	fmt.Fprintln(os.Stderr, "to stderr")
	record := os.NewFile(recordFD, "record")
	if _, err := fmt.Fprintf(record, "got %s", input); err != nil {
		return 1
	}
	return 3
}

func environ([]string) int {
	own, err := os.ReadFile("/proc/self/environ")
	if err != nil {
		return 1
	}
	fmt.Printf("%q %q", os.Environ(), own)
	return 0
}

func listDescriptors([]string) int {
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		fmt.Print(err)
	}
	for _, f := range files {
		to, _ := os.Readlink("/proc/self/fd/" + f.Name())
		fmt.Println(f.Name(), to)
	}
	return 0
}

func endlessOutput([]string) int {
	for {
		fmt.Println(strings.Repeat("x", 1000))
	}
}

func memoryHog([]string) int {
	var all [][]byte
	for {
		b := make([]byte, 8<<20)
		for i := range b {
			b[i] = 1
		}
		all = append(all, b)
		runtime.KeepAlive(all)
	}
}

//go:noinline
func spin() int {
	for i := 0; ; i++ {
		runtime.KeepAlive(i)
	}
}

// block waits for a lock that is never free. The runtime does not notice,
// because of the timer.
func block() int {
	time.AfterFunc(time.Hour, func() {})
	signal.Notify(make(chan os.Signal, 1), syscall.SIGUSR1)
	var mu sync.Mutex
	mu.Lock()
	mu.Lock()
	return 0
}

func ignoreSignals([]string) int {
	signal.Ignore(syscall.SIGQUIT, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGXCPU)
	return block()
}

func stopItself([]string) int {
	_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
	return block()
}

// poll neither ends nor sleeps nor works much.
func poll([]string) int {
	for {
		time.Sleep(2 * time.Millisecond)
		for start := time.Now(); time.Since(start) < time.Millisecond; {
			runtime.KeepAlive(start)
		}
	}
}

func threadBomb([]string) int {
	for range 2000 {
		go func() {
			runtime.LockOSThread()
			_ = unix.Nanosleep(&unix.Timespec{Sec: 100}, nil)
		}()
	}
	return block()
}

// openEverything opens what it can, and keeps it.
func openEverything([]string) int {
	time.AfterFunc(time.Hour, func() {}) // the runtime opens what it needs for that
	for {
		if _, err := unix.Dup(1); err != nil {
			return block()
		}
	}
}

// fillDisk writes to a file until it cannot, and then waits to be judged.
func fillDisk(args []string) int {
	f, err := os.Create(args[0])
	if err != nil {
		fmt.Print(err)
		return 0
	}
	for err == nil {
		_, err = f.Write(make([]byte, 64<<10))
	}
	fmt.Print(err)
	return block()
}

// try prints what succeeded and returns how much that was.
func try(what string, err error) int {
	if err != nil {
		return 0
	}
	fmt.Println(what)
	return 1
}

func readFiles(paths []string) (open int) {
	for _, p := range paths {
		_, err := os.ReadFile(p)
		open += try("read "+p, err)
		_, err = os.ReadDir(p)
		open += try("list "+p, err)
	}
	return open
}

func connectTo(addresses []string) (open int) {
	for _, a := range addresses {
		network, address, _ := strings.Cut(a, " ")
		c, err := net.DialTimeout(network, address, time.Second)
		open += try("connect "+a, err)
		if err == nil {
			_ = c.Close()
		}
	}
	return open
}

func startProcesses([]string) (open int) {
	for range 100 {
		open += try("fork", forks())
	}
	p, err := os.StartProcess("/proc/self/exe", []string{"x", attackArg, "block"}, &os.ProcAttr{})
	open += try("start", err)
	if err == nil {
		_ = p.Kill()
	}
	return open
}

func harmGrader(args []string) (open int) {
	var pid int
	if _, err := fmt.Sscan(args[0], &pid); err != nil {
		return 1
	}
	open += try("signal", unix.Kill(pid, 0))
	open += try("signal all", unix.Kill(-1, 0))
	open += try("trace", traces(pid))
	for _, file := range []string{"environ", "maps", "mem", "cmdline", "fd/0"} {
		_, err := os.Open(fmt.Sprintf("/proc/%d/%s", pid, file))
		open += try("open "+file, err)
	}
	_, err := unix.FcntlInt(0, unix.F_SETOWN, pid)
	open += try("own", err)
	return open
}

// executeAgain tries to put itself where the one allowed call looks.
func executeAgain([]string) (open int) {
	exe, err := os.Open("/proc/self/exe")
	if err != nil {
		return try("no exe", nil)
	}
	var r unix.Rlimit
	_ = unix.Getrlimit(unix.RLIMIT_NOFILE, &r)
	open += try("dup", unix.Dup3(int(exe.Fd()), int(r.Max), 0))
	open += try("raise", unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: r.Max + 10, Max: r.Max + 10}))
	open += try("exec", unix.Exec("/proc/self/exe", []string{"x", attackArg, "hello"}, nil))
	return open
}

func ownNetwork([]string) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Print(err)
		return 1
	}
	defer func() { _ = l.Close() }()
	if err := reach("tcp", l.Addr().String()); err != nil {
		fmt.Print(err)
		return 1
	}
	return 0
}

// spawnAnother, under limits only, starts an attack that outlives its parent.
func spawnAnother(args []string) int {
	_, err := os.StartProcess("/proc/self/exe", append([]string{"x", attackArg}, args...),
		&os.ProcAttr{Files: []*os.File{nil, os.Stdout, os.Stderr}})
	if err != nil {
		fmt.Print(err)
		return 1
	}
	fmt.Println("spawned")
	return 0
}
