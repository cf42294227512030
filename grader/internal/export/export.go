// Package export makes the student kit: this kit without hidden tests and
// solutions, and with a pristine copy of what students may not change.
package export

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"gorutinas/grader/internal/catalog"
)

// pristine is where a student kit keeps the copy.
const pristine = "grader/pristine.zip"

//go:embed README.md
var readme []byte

// Write makes the student kit of k in dir, in which nothing appears before all of it is
// written. The directory must be empty or not exist: see [Vacant].
func Write(k *catalog.Kit, dir string) error {
	files, err := collect(k)
	if err != nil {
		return err
	}
	copied, err := archive(files)
	if err != nil {
		return err
	}
	files[pristine] = copied
	files["README.md"] = readme
	return place(files, dir)
}

// place writes files within dir and moves them to where they belong when all are
// written. dir itself stays: it may be somebody's working directory.
func place(files map[string][]byte, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(dir, ".export-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	for name, text := range files {
		if err := write(filepath.Join(tmp, filepath.FromSlash(name)), text); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(tmp)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := os.Rename(filepath.Join(tmp, e.Name()), filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// Vacant fails unless a student kit can be made in dir: it is empty or does not
// exist.
func Vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case err == nil && len(entries) > 0:
		return fmt.Errorf("%s is not empty; give a new directory", dir)
	case err == nil, errors.Is(err, fs.ErrNotExist):
		return nil
	}
	return fmt.Errorf("%s cannot hold the student kit: %w; give a new directory", dir, errors.Unwrap(err))
}

func write(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o644)
}

// roots are the files and directories that a student kit has a part of.
var roots = []string{"go.mod", "go.sum", "LICENSE", ".gitignore", "exercises", "grader", ".github/workflows/classroom.yml"}

// collect reads everything of k that students get, by slash path.
func collect(k *catalog.Kit) (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, root := range roots {
		err := filepath.WalkDir(filepath.Join(k.Dir, root), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			name, err := filepath.Rel(k.Dir, path)
			if err != nil {
				return err
			}
			name = filepath.ToSlash(name)
			switch {
			case d.IsDir() && !forStudents(k, name):
				return fs.SkipDir
			case !d.Type().IsRegular():
				return nil
			}
			text, err := os.ReadFile(path)
			if err == nil && !withheld(name, text) {
				files[name] = text
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("read the kit: %w", err)
		}
	}
	return files, manifests(k, files)
}

// shared are the directories of exercises that all of them need.
var shared = []string{"internal", "internal/detector", "internal/probe", "internal/waits"}

// forStudents says whether students get anything of the directory called name.
func forStudents(k *catalog.Kit, name string) bool {
	if below, ok := strings.CutPrefix(name, "exercises/"); ok {
		return slices.Contains(shared, below) || k.Exercise(below) != nil
	}
	return path.Base(name) != "testdata"
}

// hidden is in the head of a hidden test, whatever its file is called.
var hidden = regexp.MustCompile(`(?m)^//go:build .*\bhidden\b`)

// parts are the kinds of files, by extension, that a kit consists of: others have been
// left there by an editor, a merge or a build.
var parts = []string{".go", ".md", ".json", ".tmpl", ".txtar"}

// withheld says whether students do not get the file called name: a hidden test, what
// it says, a test of the grader, or what is no part of a kit.
func withheld(name string, text []byte) bool {
	part := slices.Contains(parts, path.Ext(name)) || path.Base(name) == catalog.VisiblePhrases
	switch {
	case strings.HasPrefix(name, "grader/"):
		return !part || strings.HasSuffix(name, "_test.go")
	case strings.HasPrefix(name, "exercises/"):
		return !part || hidden.Match(text)
	}
	return false
}

// manifests replaces every manifest by one without hidden checks.
func manifests(k *catalog.Kit, files map[string][]byte) error {
	for _, e := range k.Exercises {
		visible := *e
		visible.Hidden = nil
		var text bytes.Buffer
		if err := toml.NewEncoder(&text).Encode(visible); err != nil {
			return fmt.Errorf("write the manifest of %s: %w", e.Name, err)
		}
		files[path.Join("exercises", e.Name, "exercise.toml")] = text.Bytes()
	}
	return nil
}

// archive packs what is graded with, other than the grader, of which there is the
// sum. The same files make the same archive.
func archive(files map[string][]byte) ([]byte, error) {
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	sources := sha256.New()
	add := func(name string, text []byte) error {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(text)
		}
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		text := files[name]
		switch {
		case strings.HasPrefix(name, "grader/"):
			fmt.Fprintf(sources, "%s %d\n%s", name, len(text), text)
		case strings.HasPrefix(name, "exercises/"), name == "go.mod", name == "go.sum":
			if err := add(name, text); err != nil {
				return nil, err
			}
		}
	}
	if err := add(catalog.SourcesSum, fmt.Appendf(nil, "%x\n", sources.Sum(nil))); err != nil {
		return nil, err
	}
	err := z.Close() // writes the directory
	return packed.Bytes(), err
}
