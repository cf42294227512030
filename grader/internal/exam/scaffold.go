package exam

import (
	_ "embed"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/txtar"

	"gorutinas/grader/internal/catalog"
)

// scaffold holds the files of a small exercise that works, in which NAME and
// ORDER stand for its own. What its author has to write says unwritten.
//
//go:embed scaffold.txtar
var scaffold []byte

// unwritten marks what an author still has to write; structure reports it.
const unwritten = "FILL IN"

var exerciseName = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// reserved are names that a package may have but an exercise may not: of directories
// that Go or the kit treats specially, and of packages that every exercise's tests use.
var reserved = []string{"internal", "testdata", "vendor", "main", "fmt", "probe", "testing", "time"}

// NameError says that a name cannot be a new exercise's.
type NameError struct{ error }

// Scaffold adds an exercise called name to kit, as its last, and returns the
// files that it made, relative to the kit's directory. It replaces no file. The error
// is a [NameError] or this machine's.
func Scaffold(kit *catalog.Kit, name string) (files []string, err error) {
	if !exerciseName.MatchString(name) || token.IsKeyword(name) || slices.Contains(reserved, name) {
		return nil, NameError{fmt.Errorf("%q cannot name an exercise: it becomes a package, so use lower-case letters and digits, such as pingpong, and no word of Go's or the kit's own", name)}
	}
	order := 0
	for _, e := range kit.Exercises {
		order = max(order, e.Order)
	}
	own := strings.NewReplacer("NAME", name, "ORDER", strconv.Itoa(order+1))
	archive := txtar.Parse(scaffold)
	for _, f := range archive.Files {
		path := filepath.FromSlash(own.Replace(f.Name))
		if _, err := os.Lstat(filepath.Join(kit.Dir, path)); err == nil {
			return nil, NameError{fmt.Errorf("%s is there already: choose another name, or remove it first", path)}
		}
		files = append(files, path)
	}
	for i, f := range archive.Files {
		at := filepath.Join(kit.Dir, files[i])
		err := os.MkdirAll(filepath.Dir(at), 0o755)
		if err == nil {
			err = os.WriteFile(at, []byte(own.Replace(string(f.Data))), 0o644)
		}
		if err != nil {
			return nil, fmt.Errorf("make the exercise: %w; make room there, or use a clone that can be written", err)
		}
	}
	return files, nil
}
