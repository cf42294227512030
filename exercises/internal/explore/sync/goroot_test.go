package sync_test

import (
	"testing"

	"gorutinas/exercises/internal/detector"
	"gorutinas/exercises/internal/explore/internal/stdtest"
)

const here = "gorutinas/exercises/internal/explore/"

// extra is what the tests need of packages that they alone may import.
const extra = `
import (
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"
)

var testenv environment

type environment struct{}

func (environment) MustHaveExec(testing.TB) {}

func (environment) SkipIfOptimizationOff(testing.TB) {}

func (environment) Executable(t testing.TB) string {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return exe
}

func (environment) Command(t testing.TB, name string, args ...string) *exec.Cmd {
	return exec.Command(name, args...)
}

func runtime_blockUntilEmptyCleanupQueue(int64) bool {
	runtime.GC()
	time.Sleep(50 * time.Millisecond)
	return true
}
`

const (
	semaphores = "tests the runtime's semaphores, which the real ones are made of"
	queues     = "tests the queue that the real Pool is made of"
	processors = "pins itself to a processor, to see the real Pool's part of it"
)

// TestStandardTests runs the tests of the standard sync on this one.
func TestStandardTests(t *testing.T) {
	s := stdtest.Suite{
		Package: "sync",
		Files: []string{
			"cond_test.go", "example_test.go", "example_pool_test.go", "map_reference_test.go", "map_test.go",
			"mutex_test.go", "once_test.go", "oncefunc_test.go", "pool_test.go", "rwmutex_test.go", "waitgroup_test.go",
		},
		Imports: map[string]string{
			"sync":             here + "sync",
			"sync/atomic":      here + "atomic",
			"internal/testenv": "",
		},
		Without: map[string]string{
			"HammerSemaphore":                     semaphores,
			"TestSemaphore":                       semaphores,
			"BenchmarkUncontendedSemaphore":       semaphores,
			"BenchmarkContendedSemaphore":         semaphores,
			"TestPool":                            processors,
			"TestPoolNew":                         processors,
			"TestPoolDequeue":                     queues,
			"TestPoolChain":                       queues,
			"testPoolDequeue":                     queues,
			"runtime_blockUntilEmptyCleanupQueue": "is the runtime's; extra has one like it",
		},
		Replace: []string{
			"&isync.HashTrieMap[any, any]{}", "&sync.Map{}", // what the real Map is made of
			"new(isync.HashTrieMap[any, any])", "new(sync.Map)",
		},
		Extra: extra,
	}
	if detector.Enabled {
		s.Build = append(s.Build, "-race")
	}
	stdtest.Run(t, s)
}
