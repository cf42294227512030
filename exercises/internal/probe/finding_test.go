package probe

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// deaf is a test that takes no notice of failures.
type deaf struct{ testing.TB }

func (deaf) Helper()      {}
func (deaf) Error(...any) {}

func TestFindingsEndWithTheFirstRunThatFailed(t *testing.T) {
	defer func(before record) { done = before }(done)
	done = record{Runs: 2, Passed: 2}
	for _, code := range []string{"first", "and more"} {
		Report(deaf{t}, Finding{Code: code}, "")
	}
	done.Runs++
	Report(deaf{t}, Finding{Code: "left behind"}, "")
	require.Equal(t, []Finding{{Code: "first"}, {Code: "and more"}}, done.Findings)
}
