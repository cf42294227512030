package exam

import (
	"fmt"
	"maps"
	"slices"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/exam/mutant"
	"gorutinas/grader/internal/grading"
)

// mutantProgram is what is built for mutants: one program for all that a schema
// can hold, or for one alone.
type mutantProgram struct {
	candidate grading.Candidate
	mutants   []Survivor
	numbers   []int // which of the schema's each is; 0 where there is no schema
}

// The file that tells a schema which mutant to be, and the variable of the
// environment that tells the file.
const (
	selectorFile     = "zz_mutant.go"
	selectorVariable = "ZZ_MUTANT"
)

// selecting is the environment in which p is its i-th mutant.
func (p *mutantProgram) selecting(i int) []string {
	return []string{fmt.Sprintf("%s=%d", selectorVariable, p.numbers[i])}
}

// programs makes the programs for all mutants of e's right solutions that compile.
func programs(g *grading.Grader, e *catalog.Exercise) (all []*mutantProgram, err error) {
	solutions, err := solutionsOf(g.Kit.Dir, e)
	if err != nil {
		return nil, err
	}
	for _, s := range solutions {
		if s.Kind != Reference && s.Kind != Accepted {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(s.Files)) {
			mutants, err := mutant.All(s.Files[name])
			if err != nil {
				return nil, fmt.Errorf("%v: %w", s, err)
			}
			viable, err := viable(g, s, name, mutants)
			if err != nil {
				return nil, err
			}
			programs, err := programsOf(s, name, viable)
			if err != nil {
				return nil, err
			}
			all = append(all, programs...)
		}
	}
	return all, nil
}

// viable returns those of the mutants of s's file called name that compile.
func viable(g *grading.Grader, s Solution, name string, mutants []mutant.Mutant) (viable []mutant.Mutant, err error) {
	cands := make([]grading.Candidate, len(mutants))
	for i, m := range mutants {
		cands[i] = with(s, name, m.Source)
	}
	complaints, err := g.TypeCheck(cands)
	for i, c := range complaints {
		if c == nil {
			viable = append(viable, mutants[i])
		}
	}
	return viable, err
}

// programsOf makes a schema for mutants, and a program for each that it leaves
// out.
func programsOf(s Solution, name string, mutants []mutant.Mutant) (all []*mutantProgram, err error) {
	source, numbers, err := mutant.Schema(s.Files[name], mutants)
	if err != nil {
		return nil, fmt.Errorf("%v: %w", s, err)
	}
	joint := &mutantProgram{candidate: with(s, name, source)}
	joint.candidate.Files[selectorFile] = fmt.Appendf(nil, "package %s\n\nvar %s int\n", s.Exercise.Name, mutant.Selector)
	joint.candidate.Trusted = map[string][]byte{selectorFile: selector(s.Exercise.Name)}
	for i, m := range mutants {
		p := joint
		if numbers[i] == 0 {
			p = &mutantProgram{candidate: with(s, name, m.Source)}
			all = append(all, p)
		}
		p.mutants = append(p.mutants, Survivor{Solution: s, File: name, Mutant: m})
		p.numbers = append(p.numbers, numbers[i])
	}
	if len(joint.mutants) > 0 {
		all = append(all, joint)
	}
	return all, nil
}

// selector is the real selectorFile; the gate only sees a variable, since it
// lets few programs read their environment.
func selector(pkg string) []byte {
	return fmt.Appendf(nil, `package %s

import (
	"os"
	"strconv"
)

var %s, _ = strconv.Atoi(os.Getenv(%q))
`, pkg, mutant.Selector, selectorVariable)
}

// with is s with another text of its file called name.
func with(s Solution, name string, text []byte) grading.Candidate {
	files := maps.Clone(s.Files)
	files[name] = text
	return grading.Candidate{Exercise: s.Exercise, Files: files}
}
