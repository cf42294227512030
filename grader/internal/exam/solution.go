// Package exam is what the kit demands of itself: that its checks fail what is
// wrong and pass what is right, measured on solutions kept for that purpose and
// on mutants of the right ones.
package exam

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/results"
)

// Kind says what must become of a solution.
type Kind string

// A stub loses every check, a reference or accepted solution none, a rejected
// one the check that it names.
const (
	Stub      Kind = "stub"
	Reference Kind = "reference"
	Accepted  Kind = "accepted"
	Rejected  Kind = "rejected"
)

// Solution is a program whose grade is known beforehand.
type Solution struct {
	Exercise *catalog.Exercise
	Kind     Kind
	Name     string // of its directory; that of the kind for stub and reference
	Files    map[string][]byte
	Must     Expectation // of a rejected one
}

// Expectation is what a rejected solution says of itself.
type Expectation struct {
	Check    string
	Verdicts []results.Verdict // more than one only where the bug has several faces
}

// String names the solution to an author.
func (s Solution) String() string {
	if s.Kind == Stub || s.Kind == Reference {
		return s.Exercise.Name + " " + string(s.Kind)
	}
	return fmt.Sprintf("%s %s/%s", s.Exercise.Name, s.Kind, s.Name)
}

// solutionsOf reads everything that the kit in dir has to test the checks of e:
// stub, reference, accepted, rejected, in this order.
func solutionsOf(dir string, e *catalog.Exercise) ([]Solution, error) {
	root := filepath.Join(dir, "solutions", e.Name)
	all := []Solution{{Exercise: e, Kind: Stub, Name: string(Stub)}, {Exercise: e, Kind: Reference, Name: string(Reference)}}
	stub, err := e.Stub()
	if err != nil {
		return nil, err
	}
	all[0].Files = map[string][]byte{e.File(): stub}
	if all[1].Files, err = goFiles(root); err != nil {
		return nil, err
	}
	for _, kind := range []Kind{Accepted, Rejected} {
		more, err := kept(e, kind, filepath.Join(root, "testdata", string(kind)))
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// minAccepted is how many right solutions beside the reference show that checks
// do not demand the author's own way.
const minAccepted = 2

// tooFew says which solutions an exercise lacks.
func tooFew(all []Solution) (defects []string) {
	n := map[Kind]int{}
	for _, s := range all {
		n[s.Kind]++
	}
	if n[Accepted] < minAccepted {
		defects = append(defects, fmt.Sprintf("%d accepted solutions: write %d that go about it in really different ways", n[Accepted], minAccepted))
	}
	if n[Rejected] == 0 {
		defects = append(defects, "no rejected solution: write one for every mistake that a check must find")
	}
	return defects
}

func kept(e *catalog.Exercise, kind Kind, dir string) ([]Solution, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s solutions of %s: %w", kind, e.Name, err)
	}
	var all []Solution
	for _, d := range entries {
		s := Solution{Exercise: e, Kind: kind, Name: d.Name()}
		if s.Files, err = goFiles(filepath.Join(dir, d.Name())); err != nil {
			return nil, err
		}
		if kind == Rejected {
			if s.Must, err = expectation(s); err != nil {
				return nil, err
			}
		}
		all = append(all, s)
	}
	return all, nil
}

func goFiles(dir string) (map[string][]byte, error) {
	names, err := fs.Glob(os.DirFS(dir), "*.go")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s holds no Go file", dir)
	}
	files := map[string][]byte{}
	for _, name := range names {
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
}

var rejectedLine = regexp.MustCompile(`^// Rejected: (Test\w+) ([a-z_|]+): .+$`)

// expectation reads the first line of a rejected solution.
func expectation(s Solution) (Expectation, error) {
	first, _ := bufio.NewReader(bytes.NewReader(s.Files[s.Exercise.File()])).ReadString('\n')
	m := rejectedLine.FindStringSubmatch(strings.TrimSpace(first))
	if m == nil {
		return Expectation{}, fmt.Errorf("%v does not begin with a line `// Rejected: TestName verdict: why`", s)
	}
	known := slices.ContainsFunc(s.Exercise.Hidden, func(c catalog.Check) bool { return c.Name == m[1] })
	if !known {
		return Expectation{}, fmt.Errorf("%v must lose %s, which is no check of %s", s, m[1], s.Exercise.Name)
	}
	e := Expectation{Check: m[1]}
	for v := range strings.SplitSeq(m[2], "|") {
		e.Verdicts = append(e.Verdicts, results.Verdict(v))
	}
	return e, nil
}

// defect says in a clause what is wrong with the verdict v of check c on s; ""
// when it is as it must be, or was not decided. A stub and a rejected solution may lose
// any check beyond those that they must lose.
func (s Solution) defect(c results.Check) string {
	switch {
	case c.Verdict == results.Infra:
		return ""
	case s.Kind == Reference || s.Kind == Accepted:
		if c.Verdict != results.Pass {
			return fmt.Sprintf("lost %s: %s: %s", c.Name, c.Verdict, c.Message)
		}
	case s.Kind == Stub:
		if c.Verdict == results.Pass {
			return "passed " + c.Name
		}
	case c.Name == s.Must.Check && !slices.Contains(s.Must.Verdicts, c.Verdict):
		return fmt.Sprintf("got %s from %s, must get %v: %s", c.Verdict, c.Name, s.Must.Verdicts, c.Message)
	}
	return ""
}
