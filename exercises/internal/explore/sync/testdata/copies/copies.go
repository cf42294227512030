// Package copies does what vet must complain about.
package copies

import (
	"gorutinas/exercises/internal/explore/atomic"
	"gorutinas/exercises/internal/explore/sync"
)

func a(x sync.Mutex)     {}
func b(x sync.RWMutex)   {}
func c(x sync.Once)      {}
func d(x sync.WaitGroup) {}
func e(x sync.Cond)      {}
func f(x sync.Map)       {}
func g(x sync.Pool)      {}
func h(x atomic.Int64)   {}
