package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/gate"
	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/report"
	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/sandbox"
	"gorutinas/grader/internal/submission"
)

// machineFlags say how candidates are run.
type machineFlags struct {
	kitFlag
	Jobs    uint   `help:"Processes at a time (default: one a core)." placeholder:"N"`
	Sandbox string `help:"Where student code runs: auto, full, basic or none." default:"auto" enum:"auto,full,basic,none"`
	Seed    uint64 `help:"Seed of the random inputs (default 0: the kit chooses)." placeholder:"N"`
}

type gradeCmd struct {
	machineFlags
	Path       []string `arg:"" optional:"" help:"A submission, an archive, or a folder of them (default: the working directory)."`
	Out        string   `help:"Where results go (default: grades)." default:"grades" type:"path" placeholder:"DIR"`
	Exercise   []string `help:"Only these exercises." placeholder:"NAME"`
	Report     []string `help:"Also write these formats into the output directory: ${formats}." placeholder:"FORMAT"`
	Shard      string   `help:"Grade part I of N (from 0), or auto." placeholder:"I/N"`
	NoCache    bool     `help:"Grade everything anew."`
	Assignment string   `help:"TOML file with the assignment's exercises, weights and imports." type:"path" placeholder:"FILE"`
	Roster     string   `help:"CSV file whose first column has the class's ids: who handed in nothing becomes a row." type:"path" placeholder:"CSV"`
	MinScore   uint     `help:"Exit with 1 if a submission has fewer points." placeholder:"N"`
}

// Run grades. Everything on the command line is looked at before anything
// starts.
func (c gradeCmd) Run(ctx context.Context, env Env, lang lang) error {
	p, err := c.plan(ctx, env)
	if err != nil {
		return err
	}
	g, err := c.grader(ctx, env, lang, p.own, p.config)
	if err != nil {
		return err
	}
	defer g.Close()
	class, graded := g.Class(ctx, p.refs, c.Out, newProgress(env, lang))
	class.Shard = p.shard
	if p.own && len(class.Submissions) == 1 {
		keepScores(p.root, class.Submissions[0])
	}
	if err := c.write(class, env, lang); err != nil {
		return fmt.Errorf("%w; mend that and run the same command again, without --no-cache: what is graded comes from the cache", err)
	}
	return cmp.Or(graded, decided(class), c.enough(class))
}

// gradePlan is what a command line asks for, once it is found to make sense.
type gradePlan struct {
	config grading.Config
	refs   []submission.Ref
	shard  *results.Shard
	root   string // of the kit
	own    bool   // whether it is the student's own work in root that is graded
}

func (c gradeCmd) plan(ctx context.Context, env Env) (p gradePlan, err error) {
	if err := knownFormats(c.Report); err != nil {
		return p, err
	}
	if p.shard, err = grading.ParseShard(c.Shard, env.Getenv); err != nil {
		return p, usage(err)
	}
	if p.root, err = c.root(); err != nil {
		return p, err
	}
	kit, err := c.load()
	if err != nil {
		return p, err
	}
	if p.config, err = c.task(kit); err != nil {
		return p, usage(err)
	}
	if p.refs, err = c.submissions(ctx, kit); err != nil {
		return p, err
	}
	p.refs = grading.InShard(p.shard, p.refs)
	if err := fitting(c.Report, len(p.refs)); err != nil {
		return p, err
	}
	if err := results.EnsureWritable(c.Out); err != nil {
		return p, fmt.Errorf("%w: name another directory with --out", err)
	}
	p.own, err = c.own(kit, p.root)
	return p, err
}

// task says what of kit is graded, and where results are kept.
func (c gradeCmd) task(kit *catalog.Kit) (grading.Config, error) {
	a, err := readAssignment(c.Assignment)
	if err != nil {
		return grading.Config{}, err
	}
	exercises, err := a.of(kit, c.Exercise)
	return grading.Config{Kit: kit, Exercises: exercises, Weights: a.Weights, Cache: c.cache()}, err
}

// decided fails when this machine kept a check from being decided, which has no points
// until then.
func decided(class results.Class) error {
	n := 0
	for _, g := range class.Submissions {
		n += g.Undecided()
	}
	if n > 0 {
		return fmt.Errorf("some checks could not be decided on this machine (%d) and count 0 points: run the same command again when less is running beside it, without --no-cache: what is decided comes from the cache", n)
	}
	return nil
}

func (c gradeCmd) cache() *grading.Cache {
	if c.NoCache {
		return nil
	}
	return userCache()
}

// userCache is the user's own cache of results, nil where there is no place for one.
func userCache() *grading.Cache {
	dir, err := cacheDir("results")
	if err != nil {
		return nil
	}
	return grading.OpenCache(dir)
}

// own says whether what is graded is the student's own work: the tree of a
// student kit, in root.
func (c gradeCmd) own(kit *catalog.Kit, root string) (bool, error) {
	if kit.Hidden {
		return false, nil
	}
	exercises := filepath.Join(root, "exercises")
	for _, path := range c.paths() {
		path, err := filepath.Abs(path)
		if err != nil {
			return false, err
		}
		if real, err := filepath.EvalSymlinks(path); err == nil { // as root is
			path = real
		}
		if path != root && path != exercises && !strings.HasPrefix(path, exercises+string(filepath.Separator)) {
			return false, nil
		}
	}
	return true, nil
}

// grader makes the grader that cfg and the flags describe; own says that it grades
// nobody else's work.
func (f machineFlags) grader(ctx context.Context, env Env, lang lang, own bool, cfg grading.Config) (*grading.Grader, error) {
	box, err := f.box(ctx, own)
	if err != nil {
		return nil, err
	}
	tell := func(text string) { fmt.Fprintln(env.Stderr, "grader:", message.Problem(string(lang), text)) }
	if why := box.Why(); why != "" {
		tell(fmt.Sprintf("sandbox %s: %s", box.Tier(), why))
	}
	cfg.Box, cfg.Seed, cfg.Jobs, cfg.Lang = box, f.Seed, int(f.Jobs), string(lang)
	cfg.Plain = cfg.Plain || !cfg.Kit.Hidden // visible tests explore no schedules
	cfg.Tell = tell
	g, err := grading.New(ctx, cfg)
	if _, mistaken := errors.AsType[gate.ImportError](err); mistaken {
		return nil, usage(err)
	}
	return g, err
}

// box finds the sandbox. Who grades the own work gets the best there is; anyone
// else has to ask for none.
func (f machineFlags) box(ctx context.Context, own bool) (*sandbox.Box, error) {
	box, err := sandbox.Detect(ctx, f.Sandbox)
	if err != nil && f.Sandbox == sandbox.Auto && own {
		return sandbox.DetectAny(ctx)
	}
	return box, err
}

func (c gradeCmd) paths() []string {
	if len(c.Path) == 0 {
		return []string{"."}
	}
	return c.Path
}

// submissions finds what the paths hold, and who is missing.
func (c gradeCmd) submissions(ctx context.Context, kit *catalog.Kit) ([]submission.Ref, error) {
	refs, err := submission.Find(ctx, c.paths(), kit.Names(), c.Out)
	if err != nil {
		return nil, usage(err)
	}
	absent, err := absentees(c.Roster, refs)
	refs = append(refs, absent...)
	slices.SortFunc(refs, func(a, b submission.Ref) int { return cmp.Compare(a.ID, b.ID) })
	return refs, usage(err)
}

// write writes results.json and every format that was asked for, and shows the
// class on standard output. A format that cannot be written keeps back no other.
func (c gradeCmd) write(class results.Class, env Env, lang lang) error {
	path := filepath.Join(c.Out, "results.json")
	if err := results.WriteFile(path, class); err != nil {
		return err
	}
	var failed []error
	plain := report.Options{Lang: string(lang), Getenv: env.Getenv}
	for _, name := range c.Report {
		failed = append(failed, c.writeReport(plain, name, class))
	}
	failed = append(failed, report.Write(env.options(lang), "text", env.Stdout, class))
	_, err := fmt.Fprintln(env.Stdout, path)
	return errors.Join(append(failed, err)...)
}

func (c gradeCmd) writeReport(o report.Options, name string, class results.Class) error {
	file, err := report.File(name)
	if err != nil {
		return err
	}
	return results.Atomically(filepath.Join(c.Out, file), func(w io.Writer) error { return report.Write(o, name, w, class) })
}

// enough fails when a submission has fewer points than it must.
func (c gradeCmd) enough(class results.Class) error {
	n := 0
	for _, g := range class.Submissions {
		if uint(g.Score) < c.MinScore {
			n++
		}
	}
	if n > 0 {
		return below("%d of %d submissions have fewer than %d points", n, len(class.Submissions), c.MinScore)
	}
	return nil
}
