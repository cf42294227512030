package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/report"
	"gorutinas/grader/internal/results"
)

// options say for whom a report is written.
func (e Env) options(lang lang) report.Options {
	return report.Options{Lang: string(lang), Width: e.StdoutWidth, Color: e.StdoutTerminal && e.Getenv("NO_COLOR") == "", Getenv: e.Getenv}
}

func knownFormats(names []string) error {
	for _, name := range names {
		if _, err := report.File(name); err != nil {
			return usage(err)
		}
	}
	return nil
}

// fitting fails when one of the formats called names cannot hold a class of n
// submissions.
func fitting(names []string, n int) error {
	for _, name := range names {
		if err := report.Fits(name, n); err != nil {
			return usage(err)
		}
	}
	return nil
}

type reportCmd struct {
	kitFlag
	Results string `arg:"" help:"A results.json." type:"path"`
	Format  string `help:"The format: ${formats}." required:"" placeholder:"FORMAT"`
}

// Run writes results in another format to standard output. What it takes from the kit
// are the titles and hints of another language.
func (c reportCmd) Run(env Env, lang lang) error {
	if err := knownFormats([]string{c.Format}); err != nil {
		return err
	}
	class, err := results.ReadFile(c.Results)
	if err != nil {
		return usage(err)
	}
	if err := fitting([]string{c.Format}, len(class.Submissions)); err != nil {
		return err
	}
	kit, err := c.loadIfAny()
	if err != nil {
		return err
	}
	return report.Write(env.options(lang), c.Format, env.Stdout, grading.Localize(kit, string(lang), class))
}

type mergeCmd struct {
	Results []string `arg:"" help:"The results.json of each shard." type:"path"`
	Out     string   `help:"Where the joined results go (default: grades)." default:"grades" type:"path" placeholder:"DIR"`
}

// Run joins the results of shards into one results.json.
func (c mergeCmd) Run(env Env) error {
	var parts []results.Class
	for _, path := range c.Results {
		part, err := results.ReadFile(path)
		if err != nil {
			return usage(err)
		}
		parts = append(parts, part)
	}
	class, err := results.Merge(parts...)
	if err != nil {
		return usage(err)
	}
	path := filepath.Join(c.Out, "results.json")
	if slices.ContainsFunc(c.Results, func(part string) bool { return sameFile(part, path) }) {
		return usagef("%s is one of the shards, which the joined results would replace; name another directory with --out", path)
	}
	if err := results.WriteFile(path, class); err != nil {
		return fmt.Errorf("%w: name another directory with --out", err)
	}
	_, err = fmt.Fprintln(env.Stdout, path)
	return err
}

// sameFile says whether two paths lead to one file.
func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

type compareCmd struct {
	Old string `arg:"" help:"The earlier results.json." type:"path"`
	New string `arg:"" help:"The later results.json." type:"path"`
}

// Run shows what changed between two gradings.
func (c compareCmd) Run(env Env, lang lang) error {
	before, err := results.ReadFile(c.Old)
	if err != nil {
		return usage(err)
	}
	after, err := results.ReadFile(c.New)
	if err != nil {
		return usage(err)
	}
	if what := before.Kit.Difference(after.Kit); what != "" {
		warning := fmt.Sprintf("the two gradings have different %s, which alone may change a grade", what)
		fmt.Fprintln(env.Stderr, "grader:", message.Problem(string(lang), warning))
	}
	return report.WriteChanges(env.options(lang), env.Stdout, results.Compare(before, after))
}
