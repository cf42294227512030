package submission

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
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

// walker looks for submissions below one folder.
type walker struct {
	*finder
	root    *os.Root
	path    string // of root
	entries int
}

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
	case w.isResults(path.Join(dir, "results.json")):
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
		k, err := w.kind(path.Join(dir, e.Name()), nesting-1)
		if err != nil {
			return 0, err
		}
		if k == submitted || k == class {
			n++
		}
	}
	return n, nil
}

// isResults reports that the file called name is one that the grader wrote.
func (w *walker) isResults(name string) bool {
	f, _, err := openRegular(w.root, name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 100)
	n, _ := io.ReadFull(f, head)
	return bytes.Contains(head[:n], []byte(`"schema": "gorutinas/`))
}

// isOutput reports that a folder in which there is no submission is what the
// grader writes beside its results.json, where a class is graded into its own
// folder.
func (w *walker) isOutput(dir string) bool {
	return path.Base(dir) == "submissions" && w.isResults(path.Join(path.Dir(dir), "results.json"))
}

// isExercise reports that e is an exercise's NAME.go or a folder NAME that holds
// it.
func (w *walker) isExercise(dir string, e fs.DirEntry) bool {
	if e.Type().IsRegular() {
		name, ok := cutGo(e.Name())
		return ok && slices.Contains(w.exercises, name)
	}
	if !e.IsDir() || !slices.Contains(w.exercises, e.Name()) {
		return false
	}
	info, err := w.root.Lstat(path.Join(dir, e.Name(), e.Name()+".go"))
	return err == nil && info.Mode().IsRegular()
}

// list returns the entries of a folder that may be submissions, in order of
// their names. A folder that cannot be read is empty: opening it says why.
func (w *walker) list(dir string) ([]fs.DirEntry, error) {
	if err := w.ctx.Err(); err != nil {
		return nil, err
	}
	f, err := w.root.Open(dir)
	if err != nil {
		return nil, nil
	}
	defer f.Close()
	var all []fs.DirEntry
	for {
		entries, err := f.ReadDir(batch)
		if w.entries += len(entries); w.entries > maxClass {
			return nil, fmt.Errorf("%q holds more than %d files; give the folder that holds the submissions and nothing else", w.path, maxClass)
		}
		for _, e := range entries {
			if !ignored(e.Name()) && !w.skipped(path.Join(dir, e.Name())) {
				all = append(all, e)
			}
		}
		if err != nil {
			slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return all, err
		}
	}
}

func (w *walker) skipped(name string) bool {
	return slices.Contains(w.skip, absolute(w.at(name)))
}

// at is the path of what is called name in root.
func (w *walker) at(name string) string { return filepath.Join(w.path, filepath.FromSlash(name)) }

// sources reports that there are .go files within nesting folders below dir.
func (w *walker) sources(dir string, nesting int) bool {
	entries, _ := w.list(dir)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		if e.IsDir() {
			return nesting > 0 && w.sources(path.Join(dir, e.Name()), nesting-1)
		}
		return e.Type().IsRegular() && path.Ext(e.Name()) == ".go"
	})
}

// class returns the submissions in a class folder. A folder in it that holds
// none is one too: a student who handed in nothing usable is in the results.
func (w *walker) class(dir string) ([]Ref, error) {
	found, empty, err := w.members(dir)
	return append(found, empty...), err
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
			if err != nil {
				return nil, nil, err
			}
			found, empty = append(found, refs...), append(empty, none...)
		case e.Type().IsRegular():
			if packingOf(e.Name()) != "" || isForeign(e.Name()) || isGo(e.Name()) {
				found = append(found, w.file(ref.Path, ref.Source, false)...)
			}
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
	case err != nil || k == ownResults || k == nothing && w.isOutput(name):
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
