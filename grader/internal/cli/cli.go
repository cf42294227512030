// Package cli is the grader's commands: flags, exit codes and language.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
	"golang.org/x/term"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/export"
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/report"
)

// Exit codes.
const (
	exitOK          = 0
	exitBelow       = 1   // below --min-score, or verify or mutate found a defect
	exitUsage       = 2   // the command line, or a file named on it, is wrong
	exitInfra       = 3   // the machine cannot do it
	exitInterrupted = 130 // Ctrl-C; what was graded is written
)

// Env is what a command reads and writes besides files.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	StderrTerminal bool // for progress
	StderrWidth    int  // in characters; 0: unknown
	StdoutTerminal bool // for colours
	StdoutWidth    int  // in characters; 0: unknown
}

// system is the process's own environment.
func system() Env {
	width, _, err := term.GetSize(int(os.Stdout.Fd()))
	errWidth, _, errErr := term.GetSize(int(os.Stderr.Fd()))
	return Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv,
		StderrTerminal: errErr == nil, StderrWidth: errWidth, StdoutTerminal: err == nil, StdoutWidth: width,
	}
}

type commands struct {
	Lang string `help:"Language of statements, verdicts and reports: en or es (default: LC_ALL, LC_MESSAGES, LANG, then en)." placeholder:"LANG"`

	Grade   gradeCmd   `cmd:"" help:"Grade submissions."`
	Report  reportCmd  `cmd:"" help:"Write results in another format."`
	Merge   mergeCmd   `cmd:"" help:"Join the results of shards."`
	Compare compareCmd `cmd:"" help:"Show what a regrade changed."`
	Watch   watchCmd   `cmd:"" help:"Grade the visible tests on every save."`
	List    listCmd    `cmd:"" help:"List the exercises."`
	Hint    hintCmd    `cmd:"" help:"Show the hints of an exercise."`
	Reset   resetCmd   `cmd:"" help:"Put an exercise's stub back."`
	Export  exportCmd  `cmd:"" help:"Make the student kit: no hidden tests, no solutions."`
	Verify  verifyCmd  `cmd:"" help:"Examine the kit itself: stubs earn nothing, right solutions everything, wrong ones lose what they must."`
	Mutate  mutateCmd  `cmd:"" help:"Grade concurrency mutants of the right solutions: each must lose a check."`
	New     newCmd     `cmd:"" help:"Make the files of a new exercise."`
	Doctor  doctorCmd  `cmd:"" help:"Find out what this machine can do: Go, race detector, sandbox."`
}

// failure is an error with the exit code that it deserves.
type failure struct {
	code int
	error
}

func (f failure) Unwrap() error { return f.error }

func usage(err error) error {
	if err == nil {
		return nil
	}
	return failure{exitUsage, err}
}

func usagef(format string, args ...any) error { return failure{exitUsage, fmt.Errorf(format, args...)} }

func below(format string, args ...any) error { return failure{exitBelow, fmt.Errorf(format, args...)} }

// Run runs the command that the process's arguments name, until it ends or a signal
// does, and returns the exit code.
func Run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // whoever asks twice does not want to wait
	return command(ctx, os.Args[1:], system())
}

func command(ctx context.Context, args []string, env Env) int {
	env.Stderr = report.Log(env.Stderr) // whatever is said names what students named
	var c commands
	code := exitOK
	parser, err := kong.New(&c,
		kong.Name("grader"),
		kong.Description("Grades submissions to the concurrency exercises of this kit."),
		kong.Writers(env.Stdout, env.Stderr),
		kong.Exit(func(int) { panic(helpShown{}) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(env),
		kong.Vars{"formats": strings.Join(report.Names(), ", ")},
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(env.Stderr, "grader:", err)
		return exitUsage
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	if !shownHelp(func() { code = run(ctx, parser, args, env, &c) }) {
		return code
	}
	return exitOK
}

// helpShown unwinds from kong's help flag, which would otherwise exit.
type helpShown struct{}

func shownHelp(f func()) (shown bool) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case helpShown{}:
			shown = true
		default:
			panic(p)
		}
	}()
	f()
	return false
}

func run(ctx context.Context, parser *kong.Kong, args []string, env Env, c *commands) int {
	k, err := parser.Parse(args)
	if err != nil {
		lang, _ := language(langFlag(args), env.Getenv)
		return exitCode(ctx, usagef("%w; see grader --help", err), env, lang)
	}
	lang, err := language(c.Lang, env.Getenv)
	if err != nil {
		lang, _ = language("", env.Getenv)
		return exitCode(ctx, usage(err), env, lang)
	}
	k.Bind(lang)
	return exitCode(ctx, k.Run(), env, lang)
}

func exitCode(ctx context.Context, err error, env Env, lang lang) int {
	say := func(err error) { fmt.Fprintln(env.Stderr, "grader:", message.Problem(string(lang), err.Error())) }
	if ctx.Err() != nil {
		if err != nil && !errors.Is(err, ctx.Err()) {
			say(err)
		}
		fmt.Fprintln(env.Stderr, "grader:", message.Word(string(lang), "interrupted"))
		return exitInterrupted
	}
	if err == nil {
		return exitOK
	}
	say(err)
	if f, ok := errors.AsType[failure](err); ok {
		return f.code
	}
	return exitInfra
}

// lang is the language of what is said to people: "en" or "es".
type lang string

// language decides from the flag, else from the locale's variables in the order
// in which POSIX reads them.
func language(flag string, getenv func(string) string) (lang, error) {
	switch flag {
	case "en", "es":
		return lang(flag), nil
	case "":
	default:
		return "", fmt.Errorf("--lang %s: the languages are en and es", flag)
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			if strings.HasPrefix(v, "es") {
				return "es", nil
			}
			return "en", nil
		}
	}
	return "en", nil
}

// langFlag returns what --lang says in args, which could not be parsed.
func langFlag(args []string) string {
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			return value
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return ""
}

// cacheDir is where the user's files called name are kept from one run to the next.
func cacheDir(name string) (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("there is no place for caches: %w; set XDG_CACHE_HOME to a directory that can be written", err)
	}
	return filepath.Join(dir, "gorutinas", name), nil
}

// kitFlag finds the kit.
type kitFlag struct {
	Kit string `help:"The kit's directory (default: the one around the working directory)." placeholder:"DIR" type:"path"`
}

// root returns the directory of the kit as it is on disk, whatever links lead there.
func (f kitFlag) root() (string, error) {
	dir := f.Kit
	if dir == "" {
		found, err := catalog.Find(".")
		if err != nil {
			return "", usage(err)
		}
		dir = found
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil { // else loading it says what is wrong
		dir = real
	}
	return dir, nil
}

// loadIfAny is load for what is worth less without a kit, and done all the same: where
// none is found, it returns nil.
func (f kitFlag) loadIfAny() (*catalog.Kit, error) {
	kit, err := f.load()
	if errors.Is(err, catalog.ErrNoKit) {
		return nil, nil
	}
	return kit, err
}

// load reads the kit to grade with: of a student kit, its pristine copy.
func (f kitFlag) load() (*catalog.Kit, error) {
	dir, err := f.root()
	if err != nil {
		return nil, err
	}
	dir, err = export.Pristine(dir, func() (string, error) { return cacheDir("kits") })
	if errors.Is(err, export.ErrBroken) {
		err = usage(err)
	}
	if err != nil {
		return nil, err
	}
	kit, err := catalog.Load(dir)
	return kit, usage(err)
}
