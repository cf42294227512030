package submission

import "path"

// takeBare takes NAME.go from a folder that may hold the files of many
// exercises. A helper beside it belongs to the exercise that its package clause
// names.
func (c *collector) takeBare(exercise string) (Candidate, error) {
	names := []string{exercise + ".go"}
	for _, name := range c.sources(exercise, c.base) {
		if c.isMain(name) {
			continue
		}
		text, err := c.files[path.Join(c.base, name)]()
		if err == nil && packageOf(text) == exercise {
			names = append(names, name)
		}
	}
	return c.take(exercise, c.base, names)
}

// isMain reports that name is some exercise's NAME.go.
func (c *collector) isMain(name string) bool {
	for _, e := range c.kit.Exercises {
		if name == e+".go" {
			return true
		}
	}
	return false
}
