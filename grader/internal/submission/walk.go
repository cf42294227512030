package submission

import (
	"bytes"
	"cmp"
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

// walker looks for submissions below one folder.
type walker struct {
	*finder
	root    *os.Root
	path    string                   // of root
	listed  map[string][]fs.DirEntry // what was found in a folder
	entries map[string]int           // how many were looked at in all, "", and within a folder
}

func newWalker(f *finder, root *os.Root, path string) *walker {
	return &walker{finder: f, root: root, path: path, listed: map[string][]fs.DirEntry{}, entries: map[string]int{}}
}

// crowd is the error of a folder that holds more than is looked at: no submission is
// found in it, and others beside it are.
type crowd struct {
	folder string
	error
}

// isCrowd reports that err is about the folder called name, and about none around it.
func isCrowd(err error, name string) bool {
	c, ok := errors.AsType[crowd](err)
	return ok && c.folder == name
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

// isOutput reports that a folder in which there is no submission is one that results
// go to: a student who hands in nothing but a results.json is none.
func (w *walker) isOutput(dir string) bool {
	if !w.isResults(path.Join(dir, "results.json")) {
		return false
	}
	info, err := w.root.Lstat(path.Join(dir, "submissions"))
	return err == nil && info.IsDir() || filepath.Base(absolute(w.at(dir))) == "grades"
}

// isBesideResults reports that a folder in which there is no submission is what the
// grader writes beside its results.json, where a class is graded into its own folder.
func (w *walker) isBesideResults(dir string) bool {
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

// list returns the entries of a folder that may be submissions, or hold some, in order
// of their names. A folder is as empty as it cannot be read: opening it says why. Each is
// read once, however often it is asked for.
func (w *walker) list(dir string) ([]fs.DirEntry, error) {
	if err := cmp.Or(w.ctx.Err(), w.count(dir, 0)); err != nil {
		return nil, err
	}
	if all, ok := w.listed[dir]; ok {
		return all, nil
	}
	f, err := w.root.Open(dir)
	if err != nil {
		return nil, nil
	}
	defer f.Close()
	var all []fs.DirEntry
	for {
		entries, err := f.ReadDir(batch)
		if err := w.count(dir, len(entries)); err != nil {
			return nil, err
		}
		for _, e := range entries {
			if matters(e) && !w.skipped(path.Join(dir, e.Name())) {
				all = append(all, e)
			}
		}
		if err != nil {
			slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
			w.listed[dir] = all
			return all, nil
		}
	}
}

// matters reports that e has a part in finding submissions.
func matters(e fs.DirEntry) bool {
	return !ignored(e.Name()) && (!e.Type().IsRegular() || mayBeSubmission(e.Name()))
}

// mayBeSubmission reports that a file of this name is a submission, if only one that
// cannot be read. Any other, such as a README, is nobody's.
func mayBeSubmission(name string) bool {
	return packingOf(name) != "" || isForeign(name) || isGo(name)
}

// count counts n more entries of dir. Who is in a class has no part in what the others
// may hold, and in a folder of a class, such as a section, a small one.
func (w *walker) count(dir string, n int) error {
	if w.entries[""] += n; w.entries[""] > w.most.class {
		return fmt.Errorf("%q holds more than %d files; give the folder that holds the submissions and nothing else", w.path, w.most.class)
	}
	if dir == "." {
		return nil
	}
	folder, rest, _ := strings.Cut(dir, "/")
	if err := w.within(folder, n, w.most.folder); err != nil || rest == "" {
		return err
	}
	inner, _, _ := strings.Cut(rest, "/")
	return w.within(path.Join(folder, inner), n, w.most.inner)
}

func (w *walker) within(folder string, n, most int) error {
	if w.entries[folder] += n; w.entries[folder] > most {
		return crowd{folder, crowded(path.Base(folder), most, studentCaps.advice)}
	}
	return nil
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
