package submission

import (
	"io/fs"
	"path"
	"strings"
)

// kind is what a folder is.
type kind int

const (
	nothing    kind = iota
	submitted       // a submission
	class           // a folder of submissions
	ownResults      // what an earlier run of the grader wrote
)

// kind looks at a folder, and at most nesting folders below it. A folder named
// exercises makes a submission. So do exercises' own directories and files,
// unless there are more other submissions beside: a student may be called Gil.
// Below the argument, archives beside a loose NAME.go are a student's own, as they
// are within an archive. The argument may be a class with a stray file.
func (w *walker) kind(dir string, nesting int) (kind, error) {
	entries, err := w.list(dir)
	if err != nil {
		return nothing, err
	}
	own, archives, loose := 0, 0, false
	for _, e := range entries {
		if e.Name() == "exercises" && e.IsDir() {
			return submitted, nil
		}
		if w.isExercise(dir, e) {
			own++
			loose = loose || e.Type().IsRegular()
		} else if packingOf(e.Name()) != "" && e.Type().IsRegular() {
			archives++
		}
	}
	folders, err := w.folders(dir, entries, nesting)
	if err != nil {
		return nothing, err
	}
	if loose && folders == 0 && dir != "." {
		archives = 0
	}
	switch {
	case own > 0 && own >= archives+folders:
		return submitted, nil
	case archives+folders > 0:
		return class, nil
	case w.isOutput(dir):
		return ownResults, nil
	}
	return nothing, nil
}

// folders counts the entries of a folder that are folders with submissions.
func (w *walker) folders(dir string, entries []fs.DirEntry, nesting int) (int, error) {
	n := 0
	for _, e := range entries {
		if !e.IsDir() || nesting == 0 || w.isExercise(dir, e) {
			continue
		}
		name := path.Join(dir, e.Name())
		k, err := w.kind(name, nesting-1)
		if err != nil && !isCrowd(err, name) {
			return 0, err
		}
		if k == submitted || k == class {
			n++
		}
	}
	return n, nil
}

// class returns the submissions in a class folder. A folder in it that holds
// none is one too: a student who handed in nothing usable is in the results.
func (w *walker) class(dir string) ([]Ref, error) {
	found, empty, err := w.members(dir)
	mark(found)
	return append(found, empty...), err
}

// mark notes of submissions that lie deeper than others of the class in what they lie
// beside those: it may be a section, or somebody's who has put a submission there under
// another's name.
func mark(refs []Ref) {
	least := maxDepth
	for _, r := range refs {
		if r.Err == nil {
			least = min(least, r.level())
		}
	}
	for i, r := range refs {
		if r.level() > least {
			refs[i].within = strings.Split(r.Source, "/")[least]
		}
	}
}

func (w *walker) members(dir string) (found, empty []Ref, err error) {
	entries, err := w.list(dir)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		ref := Ref{ID: e.Name(), Path: w.at(name), Source: name}
		switch {
		case e.IsDir():
			refs, none, err := w.member(ref, name)
			if isCrowd(err, name) {
				ref.Err, err = err, nil
				refs, none = nil, []Ref{ref}
			}
			if err != nil {
				return nil, nil, err
			}
			found, empty = append(found, refs...), append(empty, none...)
		case e.Type().IsRegular():
			found = append(found, w.file(ref.Path, ref.Source, false)...)
		default:
			ref.Err = wantDir(ref.Path, e.Type())
			found = append(found, ref)
		}
	}
	return found, empty, nil
}

// member returns the submissions of a folder in a class folder: itself, or the
// only one that it holds under its own name, or those of a class within.
func (w *walker) member(ref Ref, name string) (found, empty []Ref, err error) {
	k, err := w.kind(name, maxNesting)
	switch {
	case err != nil || k == ownResults || k == nothing && w.isBesideResults(name):
		return nil, nil, err
	case k == nothing:
		return nil, []Ref{ref}, nil
	case k == submitted:
		return []Ref{ref}, nil, nil
	}
	found, empty, err = w.members(name)
	const cloned = "-submissions" // the folder that gh classroom clone makes
	if len(found) == 1 && !strings.HasSuffix(ref.ID, cloned) {
		found[0].ID, found[0].named = ref.ID, depth(found[0].Source)-depth(ref.Source)
		return found, nil, err
	}
	return found, empty, err
}
