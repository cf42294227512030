// This file becomes a test of the rewritten kernels.
package main

import (
	"os"
	"testing"
	"time"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

func TestMain(m *testing.M) { probe.Main(m) }

// TestKernel explores the kernel that the environment names. The original waits
// before it looks for leaks; so does the body, in virtual time.
func TestKernel(t *testing.T) {
	probe.Check(t)
	kernel := cmds[os.Getenv("KERNEL")]
	explore.Run(t, func(*explore.S) {
		kernel()
		time.Sleep(time.Second)
	}, explore.Delays(20, 10*time.Millisecond))
}
