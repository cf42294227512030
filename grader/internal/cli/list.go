package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

type listCmd struct{ kitFlag }

// Run lists the exercises in the order of the curriculum, with the score that each of
// the student's own had when it was last graded.
func (c listCmd) Run(env Env, lang lang) error {
	kit, err := c.load()
	if err != nil {
		return err
	}
	root, err := c.root()
	if err != nil {
		return err
	}
	var known scores
	if !kit.Hidden {
		known = readScores(root)
	}
	return writeList(env.Stdout, kit, known, lang)
}

// writeList lists kit's exercises, with the scores where they are known.
func writeList(w io.Writer, kit *catalog.Kit, known scores, lang lang) error {
	word := func(key string) string { return message.Word(string(lang), key) }
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"", word("track"), word("exercise"), word("title"), word("difficulty"), word("score")})
	for _, e := range kit.Exercises {
		score := ""
		if s, ok := known[e.Name]; ok {
			score = fmt.Sprintf("%d/%d", s.Score, s.MaxScore)
		}
		t.AppendRow(table.Row{e.Order, e.TrackName().In(string(lang)), e.Name, e.Title.In(string(lang)), strings.Repeat("★", e.Difficulty), score})
	}
	_, err := fmt.Fprintln(w, t.Render())
	return err
}

type hintCmd struct {
	kitFlag
	Exercise string `arg:"" help:"The exercise."`
	Level    int    `help:"How many hints a check to show." default:"1"`
}

// Run shows an exercise's hints, and how to get the next.
func (c hintCmd) Run(env Env, lang lang) error {
	if c.Level < 1 {
		return usagef("--level %d: one hint is the least", c.Level)
	}
	e, err := c.one(c.Exercise)
	if err != nil {
		return err
	}
	if more := writeHints(env.Stdout, e, c.Level, lang); more {
		next := fmt.Sprintf("grader hint %s --level %d", e.Name, c.Level+1)
		fmt.Fprintf(env.Stdout, "\n%s\n", message.Render(string(lang), "hint.next", []string{next}, nil))
	}
	return nil
}

// writeHints shows the first level hints of every check of e, and says whether there
// are more.
func writeHints(w io.Writer, e *catalog.Exercise, level int, lang lang) (more bool) {
	for _, check := range slices.Concat(e.Visible, e.Hidden) {
		fmt.Fprintln(w, check.Title.In(string(lang)))
		hints := check.Hints.In(string(lang))
		more = more || len(hints) > level
		for _, h := range hints[:min(level, len(hints))] {
			fmt.Fprintf(w, "  - %s\n", h)
		}
	}
	return more
}

// one returns the kit's exercise called name.
func (f kitFlag) one(name string) (*catalog.Exercise, error) {
	kit, err := f.load()
	if err != nil {
		return nil, err
	}
	chosen, err := kit.Select([]string{name})
	if err != nil {
		return nil, usage(err)
	}
	return chosen[0], nil
}

type resetCmd struct {
	kitFlag
	Exercise string `arg:"" help:"The exercise."`
	Yes      bool   `short:"y" help:"Do not ask."`
}

// Run puts a stub back, in a student kit: it has a pristine copy.
func (c resetCmd) Run(ctx context.Context, env Env, lang lang) error {
	e, err := c.one(c.Exercise)
	if err != nil {
		return err
	}
	root, err := c.root()
	if err != nil {
		return err
	}
	path := filepath.Join(root, "exercises", e.Name, e.File())
	if filepath.Dir(path) == e.Dir { // both without links
		return usagef("this is no student kit, and has no other copy of the stub: use git checkout %s", path)
	}
	stub, err := e.Stub()
	if err != nil {
		return usage(err)
	}
	if !c.Yes {
		fmt.Fprint(env.Stdout, message.Render(string(lang), "reset.ask", []string{path}, nil), " ")
		select {
		case <-ctx.Done():
			return ctx.Err()
		case answer := <-lines(ctx, env):
			if !slices.Contains(yes, answer) {
				fmt.Fprintln(env.Stdout, message.Render(string(lang), "reset.kept", []string{path}, nil))
				return nil
			}
		}
	}
	err = results.Atomically(path, func(w io.Writer) error {
		_, err := w.Write(stub)
		return err
	})
	if err != nil {
		return fmt.Errorf("%w: make room there, and let the file be written", err)
	}
	return nil
}

// yes are the answers that mean it, in either language.
var yes = []string{"y", "yes", "s", "si", "sí"}
