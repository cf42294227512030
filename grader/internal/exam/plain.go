package exam

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gorutinas/grader/internal/results"
)

// Difference is a check whose verdicts on a solution are others when candidates
// are not rewritten.
type Difference struct {
	Solution         Solution
	Check            string
	Rewritten, Plain []results.Verdict
	Why              Reason
}

// Reason is why rewriting makes a difference.
type Reason string

// What exploration finds and what a lock that is held in virtual time hangs in
// is what candidates are rewritten for. A program that passes only when it is
// rewritten, for any other reason, has something hidden from the checks. And the
// visible ones must do without: a student kit does not rewrite.
const (
	Explored   Reason = "only an explored schedule shows the bug"
	NotDurable Reason = "a real lock is held while virtual time passes"
	Told       Reason = "the bug shows in another way"
	Hidden     Reason = "rewriting hides what is wrong"
	Hangs      Reason = "go test hangs in it, since a lock is held while virtual time passes"
)

// IsDefect says whether a check must be changed for this reason.
func (r Reason) IsDefect() bool { return r == Hidden || r == Hangs }

// String tells an author what differs.
func (d Difference) String() string {
	return fmt.Sprintf("%v %s: %s, without rewriting %s: %s", d.Solution, d.Check, words(d.Rewritten), words(d.Plain), d.Why)
}

func words(verdicts []results.Verdict) string {
	var all []string
	for _, v := range verdicts {
		all = append(all, string(v))
	}
	return strings.Join(all, " or ")
}

// Differences compares two reports on the same solutions, of which the second
// comes from a grader that does not rewrite.
func Differences(rewritten, plain Report) (all []Difference) {
	for e, x := range rewritten.Exercises {
		for i, row := range x.Rows {
			for c, verdicts := range row.Verdicts {
				d := Difference{
					Solution: row.Solution, Check: x.Checks[c].Name,
					Rewritten: sorted(verdicts), Plain: sorted(plain.Exercises[e].Rows[i].Verdicts[c]),
				}
				if !slices.Equal(d.Rewritten, d.Plain) {
					d.Why = reason(d.Rewritten, d.Plain, c >= len(x.Exercise.Hidden))
					all = append(all, d)
				}
			}
		}
	}
	return all
}

func sorted(verdicts map[results.Verdict]int) []results.Verdict {
	return slices.Sorted(maps.Keys(verdicts))
}

func reason(rewritten, plain []results.Verdict, visible bool) Reason {
	switch {
	case slices.ContainsFunc(rewritten, fails) && slices.Contains(plain, results.Pass):
		return Explored
	case !slices.Contains(rewritten, results.Pass):
		return Told
	case !slices.ContainsFunc(plain, hangs):
		return Hidden
	case visible:
		return Hangs
	}
	return NotDurable
}

func fails(v results.Verdict) bool { return v != results.Pass }

func hangs(v results.Verdict) bool {
	return v == results.Deadlock || v == results.Timeout || v == results.Infra
}
