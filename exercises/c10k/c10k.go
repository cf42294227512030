// Package c10k serves ten thousand connections at the same time.
package c10k

import (
	"context"
	"net"
	"time"
)

// Serve accepts connections from l and answers each line that comes on one
// (without its "\n", otherwise untouched, at most 4096 bytes) with handle's
// reply and "\n", in order. handle runs concurrently for different connections.
//
// It closes a connection without a complete line for idle (> 0; counted from
// accept or the last reply, not while handle runs, and not restarted by part of
// a line), with a longer line, whose handle panics, or that takes no reply for
// idle; the others go on. An idle connection costs less than 16 KiB. A temporary
// accept error (errors.As to interface{ Temporary() bool }) is retried, without
// spinning, until ctx ends.
//
// When ctx is done, Serve closes l and the idle connections, lets requests that
// are being handled get their replies, and returns nil when every goroutine has
// ended. When the listener fails, it returns its error after the same clean-up,
// even if ctx ends meanwhile. Serve panics when handle is nil.
func Serve(ctx context.Context, l net.Listener, idle time.Duration, handle func(line string) string) error {
	return nil
}
