package probe

import (
	"strings"
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
		NoneLeft(deaf{t}, "f()")
		require.Empty(t, done.Findings, "all have ended")

		end := make(chan struct{})
		go func() { <-end }()
		NoneLeft(deaf{t}, "f()")
		require.Empty(t, done.Findings, "one never ends: Bubble reports it")

		go time.Sleep(time.Nanosecond)
		go time.Sleep(time.Minute)
		NoneLeft(deaf{t}, "f()")
		close(end)
		require.Len(t, done.Findings, 1)
		found := done.Findings[0]
		require.Equal(t, "leak.outlives", found.Code)
		require.Equal(t, []string{"2", "f()"}, found.Args)
		require.Equal(t, 2, strings.Count(found.Stack, "[sleep"), found.Stack)
	})
}
