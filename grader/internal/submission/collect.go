package submission

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// collector makes candidates of a listing.
type collector struct {
	*listing
	layout
	kit     Kit
	own     map[string][]string // base names by folder of every file in it
	helpers map[string][]string // base names by package of what is in base; nil: not yet known
	texts   map[string][]byte   // what was read
	spent   int64               // bytes of texts
	flags   []string
}

// collect returns a candidate for every exercise of the kit, and flags. The
// error is for the submission as a whole.
func (c *collector) collect(ctx context.Context) (map[string]Candidate, []string, error) {
	c.own, c.texts = map[string][]string{}, map[string][]byte{}
	for _, f := range slices.Sorted(maps.Keys(c.files)) {
		c.own[path.Dir(f)] = append(c.own[path.Dir(f)], path.Base(f))
	}
	all := map[string]Candidate{}
	for _, name := range c.kit.Exercises {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		candidate, err := c.candidate(ctx, name)
		if err != nil {
			return nil, nil, err
		}
		all[name] = candidate
	}
	if err := c.flagEdits(); err != nil {
		return nil, nil, err
	}
	c.flagLinks()
	c.flagArchives()
	return all, c.flags, nil
}

func (c *collector) candidate(ctx context.Context, name string) (Candidate, error) {
	dir := path.Join(c.base, name)
	main := name + ".go"
	switch {
	case c.has(path.Join(dir, main)):
		return c.take(name, dir, c.sources(name, dir))
	case c.bare && c.has(path.Join(c.base, main)):
		return c.takeBare(ctx, name)
	}
	return Candidate{Exercise: name, Found: c.found(name, dir)}, nil
}

func (c *collector) has(name string) bool {
	_, ok := c.files[name]
	return ok
}

// sources lists what a candidate in dir consists of: its .go files but tests,
// and but those that go ignores or the kit has itself.
func (c *collector) sources(exercise, dir string) []string {
	var all []string
	for _, name := range c.own[dir] {
		if isCandidate(name) && (name == exercise+".go" || !c.isKits(exercise, name)) {
			all = append(all, name)
		}
	}
	return all
}

func isCandidate(name string) bool {
	_, ok := cutGo(name)
	return ok && !strings.HasSuffix(name, "_test.go") && !strings.HasPrefix(name, "_")
}

// cutGo returns a file name without its extension, if that is .go.
func cutGo(name string) (string, bool) { return strings.CutSuffix(name, ".go") }

// isKits reports that the kit has a file of that name in the exercise's
// directory. On some systems Helper.go is helper.go, so it is here.
func (c *collector) isKits(exercise, name string) bool {
	dir := path.Join("exercises", exercise)
	for f := range c.kit.Files {
		if path.Dir(f) == dir && path.Base(f) != exercise+".go" && strings.EqualFold(path.Base(f), name) {
			return true
		}
	}
	return false
}

// take reads a candidate's files. What is wrong with them costs that exercise
// alone, but too many bytes in all cost the submission.
func (c *collector) take(exercise, dir string, names []string) (Candidate, error) {
	candidate := Candidate{Exercise: exercise, Files: map[string][]byte{}}
	if candidate.Err = checkNames(dir, names); candidate.Err != nil {
		return candidate, nil
	}
	for _, name := range names {
		text, err := c.text(path.Join(dir, name))
		if overspent(err) {
			return candidate, err
		}
		if err != nil {
			return Candidate{Exercise: exercise, Err: err}, nil
		}
		if name == exercise+".go" || !isScratch(text) {
			candidate.Files[name] = text
		}
	}
	return candidate, nil
}

// budgetError says that a submission has too many bytes.
type budgetError struct{ name string }

func (e budgetError) Error() string {
	return fmt.Sprintf("%q has more than %d MB of source files; hand in the exercises alone", e.name, maxSource>>20)
}

func overspent(err error) bool {
	_, ok := errors.AsType[budgetError](err)
	return ok
}

// text reads a file that may be in the listing only once.
func (c *collector) text(name string) ([]byte, error) {
	if _, twice := c.twice[name]; twice {
		return nil, fmt.Errorf("%q is in %q twice; pack it again with one of them", shorten(name), c.name)
	}
	return c.read(name)
}

// read reads a file within the budget of the submission. One that is asked for
// again costs nothing.
func (c *collector) read(name string) ([]byte, error) {
	if text, ok := c.texts[name]; ok {
		return text, nil
	}
	text, err := c.files[name]()
	if c.spent += int64(len(text)); c.spent > maxSource {
		return nil, budgetError{c.name}
	}
	if err == nil {
		c.texts[name] = text
	}
	return text, err
}

// checkNames refuses file names that some systems or the compiler take for
// others.
func checkNames(dir string, names []string) error {
	if len(names) > maxFiles {
		return fmt.Errorf("%q holds %d .go files, more than %d; hand in fewer", shorten(dir), len(names), maxFiles)
	}
	seen := map[string]string{}
	for _, name := range names {
		if !isPlain(name) {
			return fmt.Errorf("the compiler takes no file named %q; rename it to letters, digits and underscores", shorten(name))
		}
		if other, ok := seen[strings.ToLower(name)]; ok {
			return fmt.Errorf("the names of %q and %q differ only in case, which some systems do not see; keep one", other, name)
		}
		seen[strings.ToLower(name)] = name
	}
	return nil
}

// found lists what there is instead of a missing NAME.go: in its directory, else
// under its name elsewhere, else, when no exercise was found at all, wherever it
// is not in another exercise's directory.
func (c *collector) found(exercise, dir string) []string {
	all := c.sources(exercise, dir)
	if len(all) == 0 {
		all = c.anywhere(func(f string) bool { return strings.EqualFold(path.Base(f), exercise+".go") })
	}
	if len(all) == 0 && len(c.holders(c.kit.Exercises)) == 0 {
		all = c.anywhere(func(f string) bool {
			return isCandidate(path.Base(f)) && !slices.Contains(c.kit.Exercises, path.Base(path.Dir(f)))
		})
	}
	return all[:min(len(all), maxNames)]
}

func (c *collector) anywhere(match func(string) bool) []string {
	var all []string
	for _, f := range slices.Sorted(maps.Keys(c.files)) {
		if match(f) {
			all = append(all, f)
		}
	}
	return all
}
