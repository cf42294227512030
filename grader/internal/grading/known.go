package grading

import (
	"io/fs"
	"os"
	"path/filepath"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/submission"
)

// known lists the files that every copy of the kit has, so that a submission
// cannot replace them and a change to them is seen.
func known(k *catalog.Kit) (submission.Kit, error) {
	all := submission.Kit{Exercises: k.Names(), Files: map[string]string{}}
	add := func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(k.Dir, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if !submission.IsSource(name) { // a student kit has other manifests
			all.Files[name] = ""
			return nil
		}
		text, err := os.ReadFile(path)
		all.Files[name] = submission.Sum(text)
		return err
	}
	for _, root := range []string{"exercises", "go.mod"} {
		if err := filepath.WalkDir(filepath.Join(k.Dir, root), add); err != nil {
			return all, err
		}
	}
	return all, nil
}
