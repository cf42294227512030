package probe

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestNoneLeft(t *testing.T) {
	defer func(before record) { done = before }(done)
	done = record{}
	synctest.Test(t, func(t *testing.T) {
		go func() {}()
		NoneLeft(deaf{t}, 3, "f()")
		require.Empty(t, done.Findings, "all have ended")

		end := make(chan struct{})
		go func() { <-end }()
		NoneLeft(deaf{t}, 3, "f()")
		require.Empty(t, done.Findings, "one never ends: Bubble reports it")

		go time.Sleep(time.Nanosecond)
		go time.Sleep(time.Minute)
		NoneLeft(deaf{t}, 3, "f()")
		close(end)
		require.Equal(t, []Finding{{
			Verdict: "fail", Code: "fail.got_want",
			Args: []string{"3", "goroutines that outlive f()", "2", "0"},
		}}, done.Findings)
	})
}
