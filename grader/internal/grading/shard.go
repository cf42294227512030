package grading

import (
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"strings"

	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/submission"
)

// ParseShard reads "I/N", I counted from 0, or "auto", which asks the
// environment of a Kubernetes Indexed Job or a SLURM array through getenv. It
// returns nil, the whole class, for "".
func ParseShard(s string, getenv func(string) string) (*results.Shard, error) {
	switch s {
	case "":
		return nil, nil
	case "auto":
		return autoShard(getenv)
	}
	index, count, ok := strings.Cut(s, "/")
	i, errI := strconv.Atoi(index)
	n, errN := strconv.Atoi(count)
	if !ok || errI != nil || errN != nil {
		return nil, fmt.Errorf("--shard %q is not of the form I/N, such as 0/4", s)
	}
	return newShard(i, n)
}

func newShard(i, n int) (*results.Shard, error) {
	if n < 1 || i < 0 || i >= n {
		return nil, fmt.Errorf("shard %d of %d does not exist: the shards of N count from 0 to N-1", i, n)
	}
	return &results.Shard{Index: i, Count: n}, nil
}

func autoShard(getenv func(string) string) (*results.Shard, error) {
	var unset error
	number := func(name string) int {
		n, err := strconv.Atoi(getenv(name))
		if err != nil && unset == nil {
			unset = fmt.Errorf("--shard auto: %s=%q is no number: give --shard I/N", name, getenv(name))
		}
		return n
	}
	if getenv("JOB_COMPLETIONS") != "" {
		i, n := number("JOB_COMPLETION_INDEX"), number("JOB_COMPLETIONS")
		if unset != nil {
			return nil, unset
		}
		return newShard(i, n)
	}
	if getenv("SLURM_ARRAY_TASK_COUNT") != "" {
		id, first := number("SLURM_ARRAY_TASK_ID"), number("SLURM_ARRAY_TASK_MIN")
		step, n := number("SLURM_ARRAY_TASK_STEP"), number("SLURM_ARRAY_TASK_COUNT")
		if unset != nil {
			return nil, unset
		}
		return newShard((id-first)/max(1, step), n)
	}
	return nil, errors.New("--shard auto found neither JOB_COMPLETION_INDEX with JOB_COMPLETIONS nor a SLURM array: give --shard I/N")
}

// InShard returns those of refs whose id's hash falls to s; all for nil.
func InShard(s *results.Shard, refs []submission.Ref) (mine []submission.Ref) {
	if s == nil {
		return refs
	}
	for _, r := range refs {
		h := fnv.New64a()
		h.Write([]byte(r.ID))
		if h.Sum64()%uint64(s.Count) == uint64(s.Index) {
			mine = append(mine, r)
		}
	}
	return mine
}
