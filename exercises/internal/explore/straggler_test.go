package explore

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"gorutinas/exercises/internal/probe"
)

// straggler leaves a goroutine behind that no schedule knows of, as one of the
// standard library's own would be.
func straggler(ends func()) func(*S) {
	return func(s *S) {
		go ends()
		s.Go(func() {})
		s.Wait()
	}
}

func init() {
	children["straggler"] = func(t *testing.T) { Run(t, straggler(func() { time.Sleep(probe.Settle / 2) })) }
	children["straggler for ever"] = func(t *testing.T) { Run(t, straggler(func() { select {} })) }
}

func TestStragglers(t *testing.T) {
	r := runChild(t, "straggler")
	require.Equal(t, 0, r.exit, "it ends in time: %s", r.output)

	r = runChild(t, "straggler for ever")
	require.Len(t, r.Findings, 1, r.output)
	require.Equal(t, "leak", r.Findings[0].Verdict)
}
