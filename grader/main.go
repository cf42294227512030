// Command grader grades submissions to the exercises of this kit. Without
// arguments it prints what it can do.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"gorutinas/grader/internal/cli"
	"gorutinas/grader/internal/gate"
	"gorutinas/grader/internal/sandbox"
)

func main() {
	// The grader starts itself to become the launcher of a sandboxed process
	// and the child that reads untrusted source.
	sandbox.Init()
	gate.Init()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // whoever asks twice does not want to wait
	code := cli.Main(ctx, os.Args[1:], cli.System())
	stop()
	os.Exit(code)
}
