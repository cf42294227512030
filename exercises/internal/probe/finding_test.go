package probe

import (
	"encoding/json"
	"strings"
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

func TestFindingsFitIntoARecord(t *testing.T) {
	defer func(before record) { done = before }(done)
	done = record{}
	for range 20 {
		Fail(deaf{t}, 1, "Sum(big)", strings.Repeat("\x00", 1<<20), "1")
		Failf(deaf{t}, 1, "%s was too much", strings.Repeat("x", 1<<20))
		f, _ := Panicked(strings.Repeat("\x00", 1<<20), "")
		Report(deaf{t}, f, "")
		Report(deaf{t}, Finding{Verdict: "leak"}, "")
	}
	text, err := json.Marshal(done)
	require.NoError(t, err)
	require.Less(t, len(text), 1<<20)
	require.Equal(t, "leak", done.Findings[len(done.Findings)-1].Verdict)
}
