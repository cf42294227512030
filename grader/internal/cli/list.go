package cli

import (
	"fmt"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

type listCmd struct{ kitFlag }

func (c listCmd) Run(env Env, lang lang) error {
	kit, err := c.load()
	if err != nil {
		return err
	}
	word := func(code string) string { return message.Render(string(lang), code, nil) }
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.AppendHeader(table.Row{"", word("word.track"), word("word.exercise"), word("word.title"), word("word.difficulty")})
	for _, e := range kit.Exercises {
		t.AppendRow(table.Row{e.Order, e.Track, e.Name, e.Title.In(string(lang)), strings.Repeat("★", e.Difficulty)})
	}
	_, err = fmt.Fprintln(env.Stdout, t.Render())
	return err
}

type hintCmd struct {
	kitFlag
	Exercise string `arg:"" help:"The exercise."`
	Level    int    `help:"How many hints a check to show." default:"1"`
}

func (c hintCmd) Run(env Env, lang lang) error {
	e, err := c.one(c.Exercise)
	if err != nil {
		return err
	}
	for _, check := range append(e.Visible, e.Hidden...) {
		fmt.Fprintf(env.Stdout, "%s\n", check.Title.In(string(lang)))
		hints := check.Hints.In(string(lang))
		for _, h := range hints[:min(max(c.Level, 1), len(hints))] {
			fmt.Fprintf(env.Stdout, "  - %s\n", h)
		}
	}
	return nil
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

// countBelow counts the submissions under a score.
func countBelow(class results.Class, score int) (n int) {
	for _, g := range class.Submissions {
		if g.Score < score {
			n++
		}
	}
	return n
}
