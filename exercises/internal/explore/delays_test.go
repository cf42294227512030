package explore

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// overtaken leaks a goroutine that is slower than a timer.
func overtaken(room int) func(*S) {
	return func(s *S) {
		c := make(chan int, room)
		s.Go(func() { s.Yield(); c <- 1 })
		select {
		case <-c:
		case <-time.After(time.Millisecond):
		}
	}
}

func init() {
	children["overtaken"] = func(t *testing.T) { Run(t, overtaken(0)) }
	children["overtaken and delayed"] = func(t *testing.T) { Run(t, overtaken(0), Delays(50, time.Second)) }
	children["room and delayed"] = func(t *testing.T) { Run(t, overtaken(1), Delays(50, time.Second)) }
}

func TestDelaysFindWhatTimersOvertake(t *testing.T) {
	r := runChild(t, "overtaken")
	require.Equal(t, 0, r.exit, "in schedules timers come last: %s", r.output)

	r = runChild(t, "overtaken and delayed")
	require.Len(t, r.Findings, 1, r.output)
	require.Equal(t, "leak", r.Findings[0].Verdict)
	require.Contains(t, r.Findings[0].Stack, "overtaken")
	require.Empty(t, r.Findings[0].Schedule)
	require.Empty(t, r.Flags, "the schedules were conclusive")

	r = runChild(t, "room and delayed")
	require.Equal(t, 0, r.exit, r.output)
}
