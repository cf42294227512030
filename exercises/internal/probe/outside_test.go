package probe

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestIsStudents(t *testing.T) {
	for _, tt := range []struct {
		function, file string
		want           bool
	}{
		{"gorutinas/exercises/balance.(*Account).Deposit", "gorutinas/exercises/balance/balance.go", true},
		{"gorutinas/exercises/balance.Transfer", "/home/ana/kit/exercises/balance/helper.go", true},
		{"gorutinas/exercises/balance_test.TestTransfer", "gorutinas/exercises/balance/balance_hidden_test.go", false},
		{"gorutinas/exercises/internal/probe.Parallel", "gorutinas/exercises/internal/probe/parallel.go", false},
		// Inlined into the student's function.
		{"gorutinas/exercises/balance.Transfer.Gosched.func1", "gorutinas/exercises/internal/explore/point/native.go", false},
		{"gorutinas/exercises/internal/explore/testdata/bugs.Lost", "gorutinas/exercises/internal/explore/testdata/bugs/lost.go", true},
		{"sync.(*Mutex).Lock", "sync/mutex.go", false},
	} {
		require.Equal(t, tt.want, IsStudents(tt.function, tt.file), "%s in %s", tt.function, tt.file)
	}
}

// What a test does outside of bubbles excuses what is left of it; what others do there
// excuses nothing.
func TestStayOutsideOfBubbles(t *testing.T) {
	for _, tt := range []struct {
		name string
		call func(wg *sync.WaitGroup)
		want bool
	}{
		{"the test", func(*sync.WaitGroup) { Stay() }, true},
		{"a goroutine of the test's", func(wg *sync.WaitGroup) { wg.Go(func() { Stay() }) }, true},
		{"a goroutine of a helper's", func(*sync.WaitGroup) { Parallel(t, 2, func(int) { Stay() }) }, true},
		{"a goroutine of nobody's", func(wg *sync.WaitGroup) { wg.Go(Stay) }, false},
	} {
		mixed.Store(false)
		var wg sync.WaitGroup
		tt.call(&wg)
		wg.Wait()
		require.Equal(t, tt.want, mixed.Load(), tt.name)
	}
}
