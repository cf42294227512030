// This file becomes a test of the kernels as they are.
package main

import (
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// TestKernel runs the kernel that the environment names and looks for leaks.
func TestKernel(t *testing.T) {
	cmds[os.Getenv("KERNEL")]()
	time.Sleep(100 * time.Millisecond)
	goleak.VerifyNone(t)
}
