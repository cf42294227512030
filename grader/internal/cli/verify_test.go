package cli

import (
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/exam"
)

// What the machine could not decide is no defect of the kit, and does not hide one.
func TestConclude(t *testing.T) {
	for _, tt := range []struct {
		name string
		r    exam.Report
		want int
	}{
		{"as it must be", exam.Report{Rounds: 1}, exitOK},
		{"a defect", exam.Report{Rounds: 1, Defects: []string{"tiny stub passed TestOne"}}, exitBelow},
		{"undecided", exam.Report{Rounds: 1, Undecided: 2}, exitInfra},
		{"both", exam.Report{Rounds: 1, Undecided: 2, Defects: []string{"tiny stub passed TestOne"}}, exitBelow},
	} {
		env := Env{Stderr: io.Discard}
		require.Equal(t, tt.want, exitCode(t.Context(), conclude(io.Discard, tt.r), env, "en"), tt.name)
	}
}
