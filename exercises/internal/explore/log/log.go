// Package log has the names and behaviour of the standard log. Rewritten code imports it
// in that package's place.
//
// The standard Logger holds a lock of its own while it writes. A writer of the
// candidate's can hold another goroutine up meanwhile, which an exploration would then
// let run into a lock that it does not know. Here that lock is one that it knows. And
// flags and prefix, which are atomic variables, are yield points like those of atomic.
package log

import (
	"fmt"
	"io"
	"log"
	"os"

	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/explore/sync"
)

// The flags of [log].
const (
	Ldate         = log.Ldate
	Ltime         = log.Ltime
	Lmicroseconds = log.Lmicroseconds
	Llongfile     = log.Llongfile
	Lshortfile    = log.Lshortfile
	LUTC          = log.LUTC
	Lmsgprefix    = log.Lmsgprefix
	LstdFlags     = log.LstdFlags
)

// Logger behaves as [log.Logger].
type Logger struct {
	mu  sync.Mutex // held while std writes, and while it gets another writer
	std log.Logger
}

var std = New(os.Stderr, "", LstdFlags)

// Default returns the Logger of the package's functions.
func Default() *Logger { return std }

// The functions of the package are the methods of Default. As variables they hold no
// call of their own, so that a calldepth counts the same calls.
var (
	SetOutput = std.SetOutput
	Writer    = std.Writer
	Flags     = std.Flags
	SetFlags  = std.SetFlags
	Prefix    = std.Prefix
	SetPrefix = std.SetPrefix
	Output    = std.Output
	Print     = std.Print
	Printf    = std.Printf
	Println   = std.Println
	Fatal     = std.Fatal
	Fatalf    = std.Fatalf
	Fatalln   = std.Fatalln
	Panic     = std.Panic
	Panicf    = std.Panicf
	Panicln   = std.Panicln
)

// New returns a Logger that writes to out.
func New(out io.Writer, prefix string, flag int) *Logger {
	l := new(Logger)
	l.std.SetOutput(out)
	l.std.SetPrefix(prefix)
	l.std.SetFlags(flag)
	return l
}

// SetOutput makes l write to w.
func (l *Logger) SetOutput(w io.Writer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.std.SetOutput(w)
}

// Writer returns what l writes to.
func (l *Logger) Writer() io.Writer {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.std.Writer()
}

// Flags returns l's flags.
func (l *Logger) Flags() int {
	point.At("print")
	return l.std.Flags()
}

// SetFlags sets l's flags.
func (l *Logger) SetFlags(flag int) {
	point.At("print")
	l.std.SetFlags(flag)
}

// Prefix returns l's prefix.
func (l *Logger) Prefix() string {
	point.At("print")
	return l.std.Prefix()
}

// SetPrefix sets l's prefix.
func (l *Logger) SetPrefix(prefix string) {
	point.At("print")
	l.std.SetPrefix(prefix)
}

// Output writes s with the head that l's flags ask for. A calldepth of 1 stands for
// the caller of Output.
func (l *Logger) Output(calldepth int, s string) error { return l.write(calldepth+1, s) }

// write is Output for a caller that is one call further away.
func (l *Logger) write(calldepth int, s string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.std.Output(calldepth+1, s)
}

// direct is the calldepth of whoever called the method or function that calls write.
const direct = 2

// Print writes v as [fmt.Print] does.
func (l *Logger) Print(v ...any) { _ = l.write(direct, fmt.Sprint(v...)) }

// Printf writes v as [fmt.Printf] does.
func (l *Logger) Printf(format string, v ...any) { _ = l.write(direct, fmt.Sprintf(format, v...)) }

// Println writes v as [fmt.Println] does.
func (l *Logger) Println(v ...any) { _ = l.write(direct, fmt.Sprintln(v...)) }

// Fatal is Print, and the end of the process.
func (l *Logger) Fatal(v ...any) {
	_ = l.write(direct, fmt.Sprint(v...))
	os.Exit(1)
}

// Fatalf is Printf, and the end of the process.
func (l *Logger) Fatalf(format string, v ...any) {
	_ = l.write(direct, fmt.Sprintf(format, v...))
	os.Exit(1)
}

// Fatalln is Println, and the end of the process.
func (l *Logger) Fatalln(v ...any) {
	_ = l.write(direct, fmt.Sprintln(v...))
	os.Exit(1)
}

// Panic is Print, and a panic with what was written.
func (l *Logger) Panic(v ...any) {
	s := fmt.Sprint(v...)
	_ = l.write(direct, s)
	panic(s)
}

// Panicf is Printf, and a panic with what was written.
func (l *Logger) Panicf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	_ = l.write(direct, s)
	panic(s)
}

// Panicln is Println, and a panic with what was written.
func (l *Logger) Panicln(v ...any) {
	s := fmt.Sprintln(v...)
	_ = l.write(direct, s)
	panic(s)
}
