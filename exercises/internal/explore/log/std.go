package log

import (
	"fmt"
	"io"
	"os"
)

// SetOutput is [Logger.SetOutput] of Default.
func SetOutput(w io.Writer) { std.SetOutput(w) }

// Writer is [Logger.Writer] of Default.
func Writer() io.Writer { return std.Writer() }

// Flags is [Logger.Flags] of Default.
func Flags() int { return std.Flags() }

// SetFlags is [Logger.SetFlags] of Default.
func SetFlags(flag int) { std.SetFlags(flag) }

// Prefix is [Logger.Prefix] of Default.
func Prefix() string { return std.Prefix() }

// SetPrefix is [Logger.SetPrefix] of Default.
func SetPrefix(prefix string) { std.SetPrefix(prefix) }

// Output is [Logger.Output] of Default.
func Output(calldepth int, s string) error { return std.write(calldepth+1, s) }

// Print is [Logger.Print] of Default.
func Print(v ...any) { _ = std.write(direct, fmt.Sprint(v...)) }

// Printf is [Logger.Printf] of Default.
func Printf(format string, v ...any) { _ = std.write(direct, fmt.Sprintf(format, v...)) }

// Println is [Logger.Println] of Default.
func Println(v ...any) { _ = std.write(direct, fmt.Sprintln(v...)) }

// Fatal is [Logger.Fatal] of Default.
func Fatal(v ...any) {
	_ = std.write(direct, fmt.Sprint(v...))
	os.Exit(1)
}

// Fatalf is [Logger.Fatalf] of Default.
func Fatalf(format string, v ...any) {
	_ = std.write(direct, fmt.Sprintf(format, v...))
	os.Exit(1)
}

// Fatalln is [Logger.Fatalln] of Default.
func Fatalln(v ...any) {
	_ = std.write(direct, fmt.Sprintln(v...))
	os.Exit(1)
}

// Panic is [Logger.Panic] of Default.
func Panic(v ...any) {
	s := fmt.Sprint(v...)
	_ = std.write(direct, s)
	panic(s)
}

// Panicf is [Logger.Panicf] of Default.
func Panicf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	_ = std.write(direct, s)
	panic(s)
}

// Panicln is [Logger.Panicln] of Default.
func Panicln(v ...any) {
	s := fmt.Sprintln(v...)
	_ = std.write(direct, s)
	panic(s)
}
