package grading

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/submission"
)

func TestParseShard(t *testing.T) {
	kubernetes := map[string]string{"JOB_COMPLETIONS": "4", "JOB_COMPLETION_INDEX": "3"}
	slurm := map[string]string{
		"SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_STEP": "5",
		"SLURM_ARRAY_TASK_MIN": "10", "SLURM_ARRAY_TASK_ID": "20",
	}
	for _, tt := range []struct {
		flag string
		env  map[string]string
		want *results.Shard
		err  string
	}{
		{"", nil, nil, ""},
		{"0/1", nil, &results.Shard{Index: 0, Count: 1}, ""},
		{"2/3", nil, &results.Shard{Index: 2, Count: 3}, ""},
		{"3/3", nil, nil, "count from 0 to N-1"},
		{"-1/3", nil, nil, "does not exist"},
		{"0/0", nil, nil, "does not exist"},
		{"1", nil, nil, "such as 0/4"},
		{"a/b", nil, nil, "such as 0/4"},
		{"auto", nil, nil, "give --shard I/N"},
		{"auto", kubernetes, &results.Shard{Index: 3, Count: 4}, ""},
		{"auto", slurm, &results.Shard{Index: 2, Count: 3}, ""},
		{"auto", map[string]string{"JOB_COMPLETIONS": "4"}, nil, `JOB_COMPLETION_INDEX="" is no number: give --shard I/N`},
		{"auto", map[string]string{"JOB_COMPLETIONS": "4", "JOB_COMPLETION_INDEX": "4"}, nil, "does not exist"},
		{"auto", map[string]string{"SLURM_ARRAY_TASK_COUNT": "4", "SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_STEP": "1"}, nil, "SLURM_ARRAY_TASK_MIN"},
	} {
		got, err := ParseShard(tt.flag, func(name string) string { return tt.env[name] })
		if tt.err != "" {
			require.ErrorContains(t, err, tt.err, tt.flag)
			continue
		}
		require.NoError(t, err, tt.flag)
		require.Equal(t, tt.want, got, tt.flag)
	}
}

// Every submission falls to exactly one shard.
func TestInShard(t *testing.T) {
	var refs []submission.Ref
	for i := range 100 {
		refs = append(refs, submission.Ref{ID: fmt.Sprint("student-", i)})
	}
	require.Equal(t, refs, InShard(nil, refs))
	var all []submission.Ref
	for i := range 7 {
		all = append(all, InShard(&results.Shard{Index: i, Count: 7}, refs)...)
	}
	require.ElementsMatch(t, refs, all)
}
