// Package grading is the pipeline from submissions to grades: open, gate,
// build, run, judge.
package grading

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"slices"
	"time"

	"golang.org/x/sync/semaphore"

	"gorutinas/grader/internal/build"
	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/gate"
	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/sandbox"
	"gorutinas/grader/internal/submission"
)

// Config says what to grade with.
type Config struct {
	Kit       *catalog.Kit
	Exercises []*catalog.Exercise // those to grade
	Weights   map[string]int      // by exercise, what its points are multiplied by; 1 where it is not named
	Box       *sandbox.Box        // where student code runs
	Seed      uint64              // of all random inputs; 0: derived from the kit
	Lang      string              // of messages, titles and hints: "en" or "es"
	Jobs      int                 // processes at a time; below 1: one a core
	Cache     *Cache              // nil: grade everything anew
	Limits    sandbox.Limits      // of one run of a check; zero: the usual ones, with more time on a slow machine
	Plain     bool                // do not rewrite candidates: explorations then see little
	Tell      func(string)        // hears of what takes long; may be nil
}

// Grader grades. Its methods may be called concurrently.
type Grader struct {
	Config
	provenance results.Provenance
	builder    build.Builder
	quiet      build.Builder // for checks of kind memory: not rewritten, no -race
	exports    map[string]string
	known      submission.Kit
	room       *build.Room
	slots      *semaphore.Weighted // one a running process; all of them to run alone
	slow       int                 // how many times the usual time everything gets
	context    []string            // what decides every grade, for the cache
}

// Limits of one run of a check, of the compiler for one submission, and of the gate.
// The times are those of a machine of the usual speed.
var (
	usualLimits = sandbox.Limits{
		Wall: 30 * time.Second, CPU: 20 * time.Second,
		Memory: 2 << 30, Output: 32 << 20, Disk: 16 << 20,
		Threads: 256, Files: 256,
	}
	buildLimits = sandbox.Limits{
		Wall: 10 * time.Minute, CPU: time.Minute, // and buildCPU for each exercise
		Memory: 4 << 30, Output: 16 << 20, Disk: 2 << 30,
		Threads: 1024, Files: 4096,
	}
	gateLimits = sandbox.Limits{CPU: gate.CPU, Memory: gate.Memory, Wall: gate.Wall}
)

// buildCPU is what the compiler may use for each exercise more than buildLimits says. All
// 27 reference solutions, with their tests, take it 2 s each. A submission over its
// limit is built once more exercise by exercise, so that a limit which holds for many
// costs nobody a point, and what counts is the one that holds for one.
const buildCPU = 7 * time.Second

// longer returns l with its times multiplied.
func longer(l sandbox.Limits, times int) sandbox.Limits {
	l.CPU *= time.Duration(times)
	l.Wall *= time.Duration(times)
	return l
}

const (
	// patience multiplies the wall limit of a run that was starved by other load
	// and is repeated alone.
	patience = 10
	// enough undecided checks of a candidate in a row, and no more is repeated, while
	// all others wait: it may only seem to be starved.
	enough = 3
)

// New makes a grader: it finds out whether the kit can be built, compiles what
// all submissions share, and makes a directory for binaries that Close removes.
func New(ctx context.Context, cfg Config) (*Grader, error) {
	if cfg.Jobs < 1 {
		cfg.Jobs = runtime.NumCPU()
	}
	slow := slowness(chores)
	if cfg.Limits == (sandbox.Limits{}) {
		cfg.Limits = longer(usualLimits, slow)
	}
	if cfg.Tell == nil {
		cfg.Tell = func(string) {}
	}
	g := &Grader{Config: cfg, slow: slow, slots: semaphore.NewWeighted(int64(cfg.Jobs))}
	g.builder = build.Builder{
		Kit: cfg.Kit.Dir, Packages: packagesOf(cfg.Exercises), Hidden: cfg.Kit.Hidden,
		Jobs: max(1, runtime.NumCPU()/cfg.Jobs), Limit: limiter(slow),
	}
	g.quiet = g.builder
	g.builder.Race = g.race(ctx)
	if err := g.ready(ctx); err != nil {
		return nil, err
	}
	if err := g.identify(); err != nil {
		return nil, err
	}
	var err error
	if g.known, err = known(cfg.Kit); err != nil {
		return nil, err
	}
	if g.exports, err = gate.Exports(ctx, g.builder.Go, g.imports(), g.builder.Packages, g.builder.Flags()...); err != nil {
		return nil, err
	}
	if g.room, err = build.NewRoom(); err != nil {
		return nil, err
	}
	return g, nil
}

// race says whether to build with the race detector: always with the hidden
// tests, and for a student's own run wherever the machine can.
func (g *Grader) race(ctx context.Context) bool {
	err := g.builder.RaceReady(ctx)
	if errors.Is(err, build.ErrNoRace) && !g.Kit.Hidden {
		g.Tell("data races go unnoticed on this machine: " + err.Error())
		return false
	}
	return true
}

// ready compiles what all submissions share.
func (g *Grader) ready(ctx context.Context) error {
	err := g.builder.Ready(ctx, g.Tell)
	quiet := func(e *catalog.Exercise) bool { return slices.ContainsFunc(e.Checks(g.Kit.Hidden), isMemory) }
	if err == nil && slices.ContainsFunc(g.Exercises, quiet) {
		err = g.quiet.Ready(ctx, g.Tell)
	}
	return err
}

// weight is what the points of the exercise called name are multiplied by.
func (g *Grader) weight(name string) int {
	if w, ok := g.Weights[name]; ok {
		return w
	}
	return 1
}

// Only returns a grader of some of g's exercises, which works until g is closed.
func (g *Grader) Only(exercises ...*catalog.Exercise) *Grader {
	some := *g
	some.Exercises = exercises
	return &some
}

// Close removes the grader's binaries.
func (g *Grader) Close() error { return g.room.Close() }

// Race says whether data races are noticed: a student kit does without the race
// detector on a machine that has none.
func (g *Grader) Race() bool { return g.builder.Race }

// Provenance says what this grader grades with.
func (g *Grader) Provenance() results.Provenance { return g.provenance }

func (g *Grader) identify() error {
	version, err := g.Kit.Version()
	if err != nil {
		return err
	}
	if g.Seed == 0 {
		g.Seed = seedOf(version)
	}
	g.provenance = results.Provenance{
		Version: version, Go: g.builder.Version, Sandbox: string(g.Box.Tier()), Why: g.Box.Why(),
		Hidden: g.Kit.Hidden, Seed: g.Seed, NoRace: !g.builder.Race,
	}
	g.context = []string{
		results.Schema, version, g.provenance.Go, runtime.GOARCH, g.provenance.Sandbox,
		fmt.Sprint(g.provenance.Hidden, g.Seed, g.Plain, g.builder.Race),
	}
	return nil
}

// seedOf derives the seed from the kit, so that a class that is graded twice
// meets the same inputs. It is small enough for any reader of JSON.
func seedOf(version string) uint64 {
	seed := uint64(0)
	for _, c := range []byte(version) {
		seed = seed*131 + uint64(c)
	}
	return seed&(1<<31-1) + 1
}

func packagesOf(exercises []*catalog.Exercise) (all []string) {
	for _, e := range exercises {
		all = append(all, "./exercises/"+e.Name)
	}
	return all
}

func (g *Grader) imports() []string {
	var all []string
	for _, e := range g.Exercises {
		all = append(all, e.Imports...)
	}
	return all
}

// limiter runs the compiler under its limits, with so many times the usual time, and says
// in a clause which limit ended it.
func limiter(times int) build.Limiter {
	return func(ctx context.Context, cmd *exec.Cmd, packages int) (string, error) {
		l := buildLimits
		l.CPU += time.Duration(packages) * buildCPU
		l = longer(l, times)
		used, err := sandbox.Limit(cmd, l).Run(ctx)
		switch used.Killed {
		case "":
			return "", err
		case sandbox.CPU:
			return fmt.Sprintf("it needed more than %v of processor time", l.CPU), nil
		case sandbox.Memory:
			return fmt.Sprintf("it needed more than %d MB of memory", l.Memory>>20), nil
		case sandbox.Starved, sandbox.Wall, sandbox.Blocked:
			return "", errors.New("the machine kept the compiler from finishing, twice: it had not its share of processors or memory, or was killed from outside; grade again with fewer --jobs, or with more memory")
		}
		return fmt.Sprintf("it went over its limit of %s", used.Killed), nil
	}
}

// alone runs f while no other process of this grader runs.
func (g *Grader) alone(ctx context.Context, f func() error) error {
	return g.holding(ctx, int64(g.Jobs), f)
}

// holding runs f while it holds n of the grader's slots.
func (g *Grader) holding(ctx context.Context, n int64, f func() error) error {
	if err := g.slots.Acquire(ctx, n); err != nil {
		return err
	}
	defer g.slots.Release(n)
	return f()
}
