package submission

import (
	"context"
	"path"
	"slices"
)

// takeBare takes NAME.go from a folder that may hold the files of many
// exercises. A helper beside it belongs to the exercise that its package clause
// names.
func (c *collector) takeBare(ctx context.Context, exercise string) (Candidate, error) {
	if c.helpers == nil {
		if err := c.readHelpers(ctx); err != nil {
			return Candidate{}, err
		}
	}
	names := []string{exercise + ".go"}
	for _, name := range c.helpers[exercise] {
		if !c.isKits(exercise, name) {
			names = append(names, name)
		}
	}
	return c.take(exercise, c.base, names)
}

// readHelpers sorts the files in base that are no exercise's NAME.go by package.
// It looks at each once, and not for every exercise again: there may be as many
// as a listing holds. One that cannot be read is of no package.
func (c *collector) readHelpers(ctx context.Context) error {
	c.helpers = map[string][]string{}
	for _, name := range c.own[c.base] {
		if !isCandidate(name) || c.isMain(name) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		text, err := c.read(path.Join(c.base, name))
		if overspent(err) {
			return err
		}
		if err == nil {
			of := packageOf(text)
			c.helpers[of] = append(c.helpers[of], name)
		}
	}
	return nil
}

// isMain reports that name is some exercise's NAME.go.
func (c *collector) isMain(name string) bool {
	exercise, ok := cutGo(name)
	return ok && slices.Contains(c.kit.Exercises, exercise)
}
