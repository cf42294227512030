package results

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Merge joins the results of runs that graded parts of one class. It refuses
// what would make the whole a lie: parts graded by different kits or seeds, or for
// different assignments, a part that is missing, stopped early or given twice, a submission in two parts.
// The submissions come out in order of id.
func Merge(parts ...Class) (Class, error) {
	if len(parts) == 0 {
		return Class{}, errors.New("merge: no results were given")
	}
	for _, check := range []func([]Class) error{sameKit, sameWork, allFinished, allShards, noOverlap} {
		if err := check(parts); err != nil {
			return Class{}, fmt.Errorf("merge: %w", err)
		}
	}
	whole := Class{Schema: Schema, Kit: parts[0].Kit}
	whole.Started, whole.ElapsedMS = span(parts)
	for _, p := range parts {
		whole.Submissions = append(whole.Submissions, p.Submissions...)
	}
	slices.SortStableFunc(whole.Submissions, func(a, b Grade) int { return cmp.Compare(a.ID, b.ID) })
	return whole, nil
}

func sameKit(parts []Class) error {
	first := parts[0].Kit
	for _, p := range parts[1:] {
		if what := first.Difference(p.Kit); what != "" {
			return fmt.Errorf("results with different %s cannot be joined; grade again with one", what)
		}
	}
	return nil
}

// Difference names the first thing in which two kits differ, and how: "seeds (1
// and 2)"; "" for none.
func (k Provenance) Difference(o Provenance) string {
	for _, d := range []struct {
		what         string
		mine, theirs any
	}{
		{"kit versions", k.Version, o.Version},
		{"Go versions", k.Go, o.Go},
		{"sandboxes", k.Sandbox, o.Sandbox},
		{"tests (hidden)", k.Hidden, o.Hidden},
		{"seeds", k.Seed, o.Seed},
		{"builds (without the race detector)", k.NoRace, o.NoRace},
	} {
		if d.mine != d.theirs {
			return fmt.Sprintf("%s (%v and %v)", d.what, d.mine, d.theirs)
		}
	}
	return ""
}

// sameWork holds when all submissions were graded for the same exercises and
// points.
func sameWork(parts []Class) error {
	var first *Grade
	for _, p := range parts {
		for _, g := range p.Submissions {
			switch {
			case g.Status == StatusError: // it has no exercises
			case first == nil:
				first = &g
			case first.MaxScore != g.MaxScore || !slices.EqualFunc(first.Exercises, g.Exercises, sameExercise):
				return fmt.Errorf("%q and %q were graded for different exercises or points (%d and %d); grade all parts with one --assignment",
					first.ID, g.ID, first.MaxScore, g.MaxScore)
			}
		}
	}
	return nil
}

func sameExercise(a, b Exercise) bool { return a.Name == b.Name && a.MaxScore == b.MaxScore }

func allFinished(parts []Class) error {
	for i, p := range parts {
		if p.Unfinished > 0 {
			return fmt.Errorf("results number %d stopped %d submissions early; run that part again", i+1, p.Unfinished)
		}
	}
	return nil
}

// allShards holds when every part is a shard of the same number and each shard
// is there once, or when none is a shard.
func allShards(parts []Class) error {
	first := parts[0].Shard
	seen := map[int]bool{}
	for _, p := range parts {
		switch {
		case (p.Shard == nil) != (first == nil), p.Shard != nil && p.Shard.Count != first.Count:
			return errors.New("the results are shards of different runs; give all shards of one run")
		case p.Shard == nil:
			continue
		case p.Shard.Index < 0 || p.Shard.Index >= p.Shard.Count:
			return fmt.Errorf("there is no shard %d of %d", p.Shard.Index, p.Shard.Count)
		case seen[p.Shard.Index]:
			return fmt.Errorf("shard %d was given twice", p.Shard.Index)
		}
		seen[p.Shard.Index] = true
	}
	return noGap(first, seen)
}

func noGap(first *Shard, seen map[int]bool) error {
	if first == nil {
		return nil
	}
	for i := range first.Count {
		if !seen[i] {
			return fmt.Errorf("shard %d of %d is missing; give all of them", i, first.Count)
		}
	}
	return nil
}

func noOverlap(parts []Class) error {
	owner := map[string]int{}
	for i, p := range parts {
		for _, g := range p.Submissions {
			if first, ok := owner[g.ID]; ok && first != i {
				return fmt.Errorf("submission %q is in results number %d and %d; leave one of them out", g.ID, first+1, i+1)
			}
			owner[g.ID] = i
		}
	}
	return nil
}

// span returns when the first part started and how long after it the last ended.
func span(parts []Class) (start time.Time, elapsedMS int64) {
	start = parts[0].Started
	for _, p := range parts {
		if p.Started.Before(start) {
			start = p.Started
		}
	}
	for _, p := range parts {
		elapsedMS = max(elapsedMS, p.Started.Sub(start).Milliseconds()+p.ElapsedMS)
	}
	return start, elapsedMS
}
