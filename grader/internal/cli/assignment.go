package cli

import (
	"fmt"
	"os"
	"slices"

	"github.com/BurntSushi/toml"

	"gorutinas/grader/internal/catalog"
)

// assignment says what of the kit a class was asked to do: the file of
// --assignment.
type assignment struct {
	Exercises []string       `toml:"exercises"` // none: all
	Weights   map[string]int `toml:"weights"`   // by exercise; 1 where it is not named
	Imports   []string       `toml:"imports"`   // allowed in all exercises beyond their manifests'
}

// maxWeight is far from what an assignment needs, and from where scores overflow.
const maxWeight = 1000

// readAssignment reads the file at path; without one everything counts once.
func readAssignment(path string) (assignment, error) {
	var a assignment
	if path == "" {
		return a, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return a, fmt.Errorf("read the assignment: %w; name the assignment's TOML file", err)
	}
	md, err := toml.Decode(string(text), &a)
	if err != nil {
		return a, fmt.Errorf("%s: %w; an assignment looks like exercises = [%q]", path, err, "balance")
	}
	if unknown := md.Undecoded(); len(unknown) > 0 {
		return a, fmt.Errorf("%s: unknown key %q; an assignment has exercises, weights and imports", path, unknown[0])
	}
	for name, w := range a.Weights {
		if w < 0 || w > maxWeight {
			return a, fmt.Errorf("%s: the weight %d of %s is not allowed; write one from 0 to %d", path, w, name, maxWeight)
		}
	}
	return a, nil
}

// of returns the assignment's exercises of k, or those called names when there
// are any, with the imports that it allows.
func (a assignment) of(k *catalog.Kit, names []string) ([]*catalog.Exercise, error) {
	for name := range a.Weights {
		if _, err := k.Select([]string{name}); err != nil {
			return nil, err
		}
		if len(a.Exercises) > 0 && !slices.Contains(a.Exercises, name) {
			return nil, fmt.Errorf("the assignment has a weight for %s, which is none of its exercises; add it to them, or remove the weight", name)
		}
	}
	if len(names) == 0 {
		names = a.Exercises
	}
	chosen, err := k.Select(names)
	if err != nil {
		return nil, err
	}
	var all []*catalog.Exercise
	for _, e := range chosen {
		with := *e
		with.Imports = slices.Concat(e.Imports, a.Imports)
		all = append(all, &with)
	}
	return all, nil
}
