package point

import (
	"runtime"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"
)

func full(v int) chan int {
	c := make(chan int, 1)
	c <- v
	return c
}

func closed() chan int {
	c := make(chan int)
	close(c)
	return c
}

// Without an exploration Select is a select statement.

func TestSelectReceives(t *testing.T) {
	r, s := Recv(full(7)), Recv((chan int)(nil))
	require.Equal(t, 1, Select(false, s, r))
	require.Equal(t, 7, r.Value)
	require.True(t, r.Ok)

	r = Recv(closed())
	require.Equal(t, 0, Select(true, r))
	require.False(t, r.Ok)
}

func TestSelectReceivesInterfaces(t *testing.T) {
	c := make(chan error, 1)
	c <- nil
	r := Recv(c)
	require.Equal(t, 0, Select(false, r))
	require.True(t, r.Ok)
	require.NoError(t, r.Value)
}

func TestSelectSends(t *testing.T) {
	c := make(chan any, 1)
	require.Equal(t, 0, Select(false, Send(c)(7)), "7 converts to any")
	require.Equal(t, 7, <-c)
	require.PanicsWithError(t, "send on closed channel", func() { Select(false, Send(closed())(1)) })
}

func TestSelectTakesTheDefault(t *testing.T) {
	require.Equal(t, -1, Select(true, Recv(make(chan int)), Send(make(chan int))(1)))
	require.Equal(t, -1, Select(true))
}

func TestSelectChoosesAtRandom(t *testing.T) {
	seen := map[int]bool{}
	for range 100 {
		seen[Select(false, Recv(closed()), Recv(closed()))] = true
	}
	require.Len(t, seen, 2)
}

func TestSelectWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := make(chan int)
		r := Recv(c)
		go func() { c <- 3 }()
		require.Equal(t, 0, Select(false, r))
		require.Equal(t, 3, r.Value)
	})
}

func TestPointsDoNothingWithoutAnExploration(t *testing.T) {
	called := false
	require.Nil(t, Go(nil))
	Go(func() { called = true })()
	require.True(t, called)
	for _, op := range []string{"start", "go", "send"} {
		At(op)
	}
	Until("Lock", never{})
	Release("Unlock")
	Poll("TryLock")
	Fatal("")
	require.False(t, Exploring())
	require.Zero(t, Epoch())
	require.Zero(t, testing.AllocsPerRun(100, func() { At("send") }))
}

type never struct{}

func (never) Ready() bool { return false }

func TestOneProcessorIsKeptSecret(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	ask := Procs(runtime.GOMAXPROCS)
	restore := OneProcessor()
	require.Greater(t, ask(0), 1)
	restore()
	require.Equal(t, 1, ask(0))
}
