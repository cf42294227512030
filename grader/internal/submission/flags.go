package submission

import (
	"fmt"
	"maps"
	"path"
	"slices"

	"gorutinas/grader/internal/message"
)

// flagEdits notes which of the kit's own files the submission has otherwise.
func (c *collector) flagEdits() error {
	if c.bare {
		return nil // no copy of the kit
	}
	for _, f := range slices.Sorted(maps.Keys(c.kit.Files)) {
		sum, at := c.kit.Files[f], path.Join(c.project, f)
		if sum == "" || !c.has(at) || c.isStub(f) {
			continue
		}
		text, err := c.text(at)
		if overspent(err) {
			return err
		}
		if err != nil || Sum(text) != sum {
			c.flagEdit(f)
		}
	}
	return nil
}

func (c *collector) flagEdit(f string) {
	if exercise := path.Base(path.Dir(f)); slices.Contains(c.kit.Exercises, exercise) {
		c.flag("%s", message.Flag(message.Edited, exercise))
		return
	}
	c.flag("edited %s, of which the kit's own copy was used", f)
}

// isStub reports that f is the file of an exercise that students edit.
func (c *collector) isStub(f string) bool {
	name, ok := cutGo(path.Base(f))
	return ok && slices.Contains(c.kit.Exercises, name) && f == path.Join("exercises", name, name+".go")
}

// flagLinks notes links in places where a file would have been used.
func (c *collector) flagLinks() {
	slices.Sort(c.links)
	for _, l := range c.links {
		_, source := cutGo(path.Base(l))
		if source || path.Base(l) == "exercises" || slices.Contains(c.kit.Exercises, path.Base(l)) {
			c.flag("%q is a link or no ordinary file, and was not used", shorten(l))
		}
	}
}

// flagArchives notes archives beside loose files: a student's own copies, or
// others' submissions that nobody would miss.
func (c *collector) flagArchives() {
	if !c.bare {
		return
	}
	for _, name := range c.own[c.base] {
		if packingOf(name) != "" || isForeign(name) {
			c.flag("%q is an archive beside the exercises, and was not used", shorten(name))
		}
	}
}

// flag adds a flag once, unless there are enough to look at the submission.
func (c *collector) flag(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if len(c.flags) < maxNames && !slices.Contains(c.flags, text) {
		c.flags = append(c.flags, text)
	}
}
