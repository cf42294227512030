package catalog

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"
)

// Module is the name of the kit's Go module.
const Module = "gorutinas"

// Kit is a kit on disk.
type Kit struct {
	Dir       string      // absolute, and not through links
	Exercises []*Exercise // in the order of the curriculum
	Hidden    bool        // whether it has the hidden tests: a student kit has none
}

// ErrNoKit says that no kit encloses the working directory.
var ErrNoKit = errors.New("no kit found: run this inside a clone of gorutinas, or name one with --kit DIR")

// Find returns the nearest directory at or above dir that is the root of a kit.
func Find(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for {
		if isKit(dir) {
			return dir, nil
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", ErrNoKit
		}
		dir = parent
	}
}

func isKit(dir string) bool {
	src, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	return err == nil && modfile.ModulePath(src) == Module
}

// Load reads the kit in dir: all its manifests, or an error that names every
// manifest that is wrong.
func Load(dir string) (*Kit, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil { // else it is no kit either
		dir = real
	}
	if !isKit(dir) {
		return nil, fmt.Errorf("%s is not a kit: it has no go.mod of module %s; name the root of a clone", dir, Module)
	}
	manifests, err := fs.Glob(os.DirFS(dir), "exercises/*/exercise.toml")
	if err != nil {
		return nil, err
	}
	k := &Kit{Dir: dir}
	var errs []error
	for _, m := range manifests {
		e, err := readManifest(filepath.Join(dir, filepath.FromSlash(path.Dir(m))))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		k.Exercises = append(k.Exercises, e)
		k.Hidden = k.Hidden || len(e.Hidden) > 0
	}
	places := map[int]string{}
	for _, e := range k.Exercises {
		if other, taken := places[e.Order]; taken {
			errs = append(errs, fmt.Errorf("%s and %s both have order %d; number them apart", other, e.Name, e.Order))
		}
		places[e.Order] = e.Name
		if k.Hidden && len(e.Hidden) == 0 { // it would be graded by nothing
			errs = append(errs, fmt.Errorf("%s has no [[check]], as other exercises have; add its hidden checks", filepath.Join(e.Dir, manifestFile)))
		}
	}
	if len(k.Exercises) == 0 && len(errs) == 0 {
		errs = append(errs, fmt.Errorf("%s has no exercises", dir))
	}
	slices.SortFunc(k.Exercises, func(a, b *Exercise) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Name, b.Name))
	})
	return k, errors.Join(errs...)
}

// Select returns the exercises called names, in the order of the curriculum;
// all of them for no names.
func (k *Kit) Select(names []string) ([]*Exercise, error) {
	if len(names) == 0 {
		return k.Exercises, nil
	}
	for _, name := range names {
		if k.Exercise(name) == nil {
			return nil, k.unknown(name)
		}
	}
	var chosen []*Exercise
	for _, e := range k.Exercises {
		if slices.Contains(names, e.Name) {
			chosen = append(chosen, e)
		}
	}
	return chosen, nil
}

// Exercise returns the exercise called name, or nil.
func (k *Kit) Exercise(name string) *Exercise {
	for _, e := range k.Exercises {
		if e.Name == name {
			return e
		}
	}
	return nil
}

// Names returns the names of all exercises, in the order of the curriculum.
func (k *Kit) Names() []string {
	var names []string
	for _, e := range k.Exercises {
		names = append(names, e.Name)
	}
	return names
}

func (k *Kit) unknown(name string) error {
	best, nearest := 3, ""
	for _, e := range k.Exercises {
		if d := distance(name, e.Name); d < best {
			best, nearest = d, e.Name
		}
	}
	if nearest != "" {
		return fmt.Errorf("no exercise is called %q; did you mean %q?", name, nearest)
	}
	return fmt.Errorf("no exercise is called %q; `grader list` shows them all", name)
}

// distance is the Levenshtein distance of a and b.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// Stub returns the text of e's stub, as the student got it.
func (e *Exercise) Stub() ([]byte, error) {
	return os.ReadFile(filepath.Join(e.Dir, e.File()))
}

// Sources returns the kit's own Go files of e's package besides the stub and
// the tests, by base name: helpers that a submission may use but not replace.
func (e *Exercise) Sources() (map[string][]byte, error) {
	dir := os.DirFS(e.Dir)
	names, err := fs.Glob(dir, "*.go")
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range names {
		if name == e.File() || strings.HasSuffix(name, "_test.go") {
			continue
		}
		if files[name], err = fs.ReadFile(dir, name); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// Version is a hash of everything in the kit that can change a grade: tests,
// manifests, what the tests import, the grader's sources and the versions of
// the modules they use.
func (k *Kit) Version() (string, error) { return k.hash("") }

// VersionOf is Version for e alone: what concerns other exercises is left out.
func (k *Kit) VersionOf(e *Exercise) (string, error) { return k.hash(e.Dir) }

// hash leaves out the directories of all exercises but only, unless that is "".
func (k *Kit) hash(only string) (string, error) {
	others := map[string]bool{}
	for _, e := range k.Exercises {
		others[e.Dir] = only != "" && e.Dir != only
	}
	h := sha256.New()
	add := func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || others[path]):
			return fs.SkipDir
		case !d.Type().IsRegular():
			return nil
		}
		name := strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(k.Dir))
		if !decides(name) {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%s %d\n", name, len(text))
		h.Write(text)
		return nil
	}
	for _, root := range []string{"exercises", "grader", "go.mod", "go.sum"} {
		if err := filepath.WalkDir(filepath.Join(k.Dir, root), add); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("hash the kit: %w", err)
		}
	}
	return hex.EncodeToString(h.Sum(nil))[:16], nil
}

// SourcesSum is the file by which the pristine copy in a student kit, which has
// not the grader's sources, tells one grader from another: see [Kit.Version].
const SourcesSum = "grader/sources.sum"

// decides says whether the file called name, a slash path from the kit's root, can
// change a grade. What an editor or a file manager leaves behind cannot.
func decides(name string) bool {
	if isPhrases(path.Base(name)) {
		return false
	}
	switch path.Ext(name) {
	case ".go":
		return !strings.HasPrefix(name, "/grader/") || !strings.HasSuffix(name, "_test.go")
	case ".s", ".toml", ".mod", ".sum":
		return true
	}
	return false
}
