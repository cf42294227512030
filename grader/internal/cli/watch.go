package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/report"
	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/submission"
)

type watchCmd struct {
	machineFlags
	Exercise string `arg:"" optional:"" help:"The exercise to begin with (default: the first that is not solved)."`
}

// Run grades an exercise's visible tests on every save and goes on to the next
// unsolved exercise once all pass, until the student quits or the input ends.
func (c watchCmd) Run(ctx context.Context, env Env, lang lang) error {
	kit, err := c.load()
	if err != nil {
		return err
	}
	if _, err := kit.Select(only(c.Exercise)); err != nil {
		return usage(err)
	}
	root, err := c.root()
	if err != nil {
		return err
	}
	visible := *kit
	visible.Hidden = false
	g, err := c.grader(ctx, env, lang, true, grading.Config{Kit: &visible, Exercises: kit.Exercises, Cache: userCache()})
	if err != nil {
		return err
	}
	defer g.Close()
	saves, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch files: %w", err)
	}
	defer saves.Close()
	w := watch{env: env, lang: lang, kit: &visible, root: root, grader: g, saves: saves}
	return w.run(ctx, c.Exercise)
}

func only(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}

// watch is a student's session.
type watch struct {
	env    Env
	lang   lang
	kit    *catalog.Kit
	root   string // the student's tree
	grader *grading.Grader
	saves  *fsnotify.Watcher
	at     int  // the exercise in hand, an index of kit.Exercises
	hints  int  // how many were shown for it
	solved bool // when it was graded last
}

// quiet is how long files must rest after a save: editors write more than once.
const quiet = 100 * time.Millisecond

func (w *watch) run(ctx context.Context, first string) error {
	if err := w.begin(ctx, first); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	keys := lines(ctx, w.env)
	var rest <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case e := <-w.saves.Events:
			if isSave(e) {
				rest = time.After(quiet)
			}
		case err := <-w.saves.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) { // events were lost, one of which may have been a save
				return fmt.Errorf("watch files: %w; start `grader watch` again", err)
			}
			rest = time.After(quiet)
		case <-rest:
			rest = nil
			if err := w.saved(ctx); err != nil {
				return err
			}
		case key, ok := <-keys:
			if !ok || key == "q" {
				return nil
			}
			if err := w.key(ctx, key); err != nil {
				return err
			}
		}
	}
}

// isSave tells a change of source from what editors write beside it: locks, backups and
// swap files.
func isSave(e fsnotify.Event) bool {
	name := filepath.Base(e.Name)
	return e.Op != fsnotify.Chmod && strings.HasSuffix(name, ".go") && !strings.HasPrefix(name, ".")
}

// lines sends the student's keys, a line each, until the input ends or ctx.
func lines(ctx context.Context, env Env) <-chan string {
	keys := make(chan string)
	go func() {
		defer close(keys)
		for in := bufio.NewScanner(env.Stdin); in.Scan(); {
			select {
			case keys <- strings.ToLower(strings.TrimSpace(in.Text())):
			case <-ctx.Done():
				return
			}
		}
	}()
	return keys
}

// begin goes to the exercise called first, or to the first unsolved one.
func (w *watch) begin(ctx context.Context, first string) error {
	for i, e := range w.kit.Exercises {
		if e.Name == first {
			return w.turn(ctx, i)
		}
	}
	i, err := w.unsolved(ctx, 0)
	if err != nil {
		return err
	}
	return w.turn(ctx, i)
}

// unsolved returns the first unsolved exercise from the one at i on, or i when all are
// solved. It grades none behind that.
func (w *watch) unsolved(ctx context.Context, i int) (int, error) {
	for n := range w.kit.Exercises {
		at := (i + n) % len(w.kit.Exercises)
		grade, err := w.score(ctx, at)
		if err != nil || grade.Score < grade.MaxScore {
			return at, err
		}
	}
	return i, nil
}

// turn takes the exercise at i in hand and grades it.
func (w *watch) turn(ctx context.Context, i int) error {
	old := w.kit.Exercises[w.at].Name
	_ = w.saves.Remove(filepath.Join(w.root, "exercises", old)) // it may not have been watched
	w.at, w.hints = i%len(w.kit.Exercises), 0
	dir := filepath.Join(w.root, "exercises", w.kit.Exercises[w.at].Name)
	if err := w.saves.Add(dir); err != nil {
		return usagef("%s cannot be watched: %w", dir, err)
	}
	return w.grade(ctx)
}

// saved grades the exercise in hand, and goes on once it is solved.
func (w *watch) saved(ctx context.Context) error {
	before := w.solved
	if err := w.grade(ctx); err != nil || before || !w.solved {
		return err
	}
	next, err := w.unsolved(ctx, w.at)
	if err != nil || next == w.at {
		return err
	}
	return w.turn(ctx, next)
}

func (w *watch) key(ctx context.Context, key string) error {
	switch key {
	case "h":
		w.hint()
	case "l":
		return writeList(w.env.Stdout, w.kit, readScores(w.root), w.lang)
	case "n":
		return w.turn(ctx, w.at+1)
	case "":
		return w.saved(ctx)
	default:
		w.say("watch.keys")
	}
	return nil
}

func (w *watch) say(code string, args ...string) {
	fmt.Fprintln(w.env.Stdout, message.Render(string(w.lang), code, args, nil))
}

// score grades the student's exercise at i and keeps its score; what did not change
// comes from the cache.
func (w *watch) score(ctx context.Context, i int) (results.Grade, error) {
	ref := submission.Ref{ID: filepath.Base(w.root), Path: w.root, Source: w.root}
	grade, err := w.grader.Only(w.kit.Exercises[i]).Submission(ctx, ref)
	if err == nil && grade.Status == results.StatusError {
		err = errors.New(grade.Problem)
	}
	if err == nil {
		keepScores(w.root, grade)
	}
	return grade, err
}

// grade grades the exercise in hand and shows what came of it.
func (w *watch) grade(ctx context.Context) error {
	grade, err := w.score(ctx, w.at)
	if err != nil {
		return err
	}
	class := results.Class{Kit: w.grader.Provenance(), Submissions: []results.Grade{grade}}
	if err := report.Write(w.env.options(w.lang), "text", w.env.Stdout, class); err != nil {
		return err
	}
	if w.solved = grade.Score == grade.MaxScore; w.solved {
		w.say("watch.solved", w.kit.Exercises[w.at].Name)
	}
	w.say("watch.keys")
	return nil
}

// hint shows one more hint of each check of the exercise in hand.
func (w *watch) hint() {
	w.hints++
	writeHints(w.env.Stdout, w.kit.Exercises[w.at], w.hints, w.lang)
}
