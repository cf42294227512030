package results

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Merge joins the results of runs that graded parts of one class. It refuses
// what would make the whole a lie: parts graded by different kits or seeds, a
// part that is missing, stopped early or given twice, a submission in two parts.
// The submissions come out in order of id.
func Merge(parts ...Class) (Class, error) {
	if len(parts) == 0 {
		return Class{}, errors.New("merge: no results were given")
	}
	for _, check := range []func([]Class) error{sameKit, allFinished, allShards, noOverlap} {
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
		if field, a, b := first.difference(p.Kit); field != "" {
			return fmt.Errorf("results with different %s (%v and %v) cannot be joined; grade again with one", field, a, b)
		}
	}
	return nil
}

// difference returns the first thing in which two kits differ, or "".
func (k Kit) difference(o Kit) (field string, mine, theirs any) {
	switch {
	case k.Version != o.Version:
		return "kit versions", k.Version, o.Version
	case k.Go != o.Go:
		return "Go versions", k.Go, o.Go
	case k.Sandbox != o.Sandbox:
		return "sandboxes", k.Sandbox, o.Sandbox
	case k.Hidden != o.Hidden:
		return "tests (hidden)", k.Hidden, o.Hidden
	case k.Seed != o.Seed:
		return "seeds", k.Seed, o.Seed
	}
	return "", nil, nil
}

func allFinished(parts []Class) error {
	for i, p := range parts {
		if p.Unfinished > 0 {
			return fmt.Errorf("results number %d stopped %d submissions early; run that part again, it resumes", i+1, p.Unfinished)
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
