package probe

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestGoroutine(t *testing.T) {
	mine := Goroutine()
	require.Equal(t, mine, Goroutine())
	require.True(t, strings.HasPrefix(allStacks(), "goroutine "+mine+" ["))
	other := make(chan string)
	go func() { other <- Goroutine() }()
	require.NotEqual(t, mine, <-other)
}
