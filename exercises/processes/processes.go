// Package processes spreads jobs over child processes, as Python's
// multiprocessing does.
package processes

import "context"

// Process is a child process that does jobs.
type Process interface {
	// Call does one job; one at a time. An error means that the process is
	// broken.
	Call(job string) (string, error)
	// Kill ends the process, also while Call runs, which then returns an error.
	Kill()
	// Wait waits for the process's end. Call it after Kill.
	Wait() error
}

// Spawn starts a process.
type Spawn func(ctx context.Context) (Process, error)

// Map does jobs on at most n processes at a time and returns the results in the
// order of jobs. It starts processes when they are needed and reuses them. n < 1
// and a missing spawn panic; without jobs the result is empty, not nil, and
// nothing is started.
//
// A process whose Call fails is killed, waited for and only then replaced; its
// job is tried once more on another process. A second failure ends Map with that
// error, and so does a failed spawn.
//
// Every process is killed once and then waited for once before Map returns. When
// ctx is done, and after a failure that ends Map, all are killed at once, before any
// is waited for; a process that is just being spawned is waited for, and killed.
func Map(ctx context.Context, n int, spawn Spawn, jobs []string) ([]string, error) {
	return nil, nil
}
