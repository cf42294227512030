// Rejected: TestLines fail: of a reply the first 64 KiB are sent.

// Package c10k serves ten thousand connections at the same time.
package c10k

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

const maxLine = 4096 // bytes of a line, without its "\n"

// Serve answers each line that comes on a connection of l with handle's reply,
// until ctx is done or l fails.
func Serve(ctx context.Context, l net.Listener, idle time.Duration, handle func(line string) string) error {
	if handle == nil || idle <= 0 {
		panic("c10k: Serve needs a handle function and an idle time above 0")
	}
	ctx, stop := context.WithCancel(ctx) // the clean-up is the same when l fails
	defer stop()
	defer context.AfterFunc(ctx, func() { l.Close() })()

	var conns sync.WaitGroup
	err := accept(ctx, l, func(c net.Conn) {
		conns.Go(func() { serve(ctx, c, idle, handle) })
	})
	stop()
	l.Close()
	conns.Wait()
	return err
}

// accept hands connections to start until ctx is done (nil) or l fails.
func accept(ctx context.Context, l net.Listener, start func(net.Conn)) error {
	const shortest, longest = 5 * time.Millisecond, time.Second
	for pause := shortest; ; {
		c, err := l.Accept()
		switch temporary := interface{ Temporary() bool }(nil); {
		case err == nil:
			pause = shortest
			start(c)
		case ctx.Err() != nil:
			return nil
		case !errors.As(err, &temporary) || !temporary.Temporary():
			return err
		default:
			wait(ctx, pause) // too many open files, say: some may be closed meanwhile
			pause = min(2*pause, longest)
		}
	}
}

func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// serve answers the lines of one connection. Its goroutine sleeps in the read
// nearly all the time; what it keeps meanwhile is a stack of a few kilobytes and
// room for one line.
func serve(ctx context.Context, c net.Conn, idle time.Duration, handle func(string) string) {
	defer c.Close()
	defer func() { _ = recover() }() // handle's panic ends this connection alone

	// Only reads end with ctx: a reply that is on its way must arrive.
	defer context.AfterFunc(ctx, func() { c.SetReadDeadline(time.Unix(0, 1)) })()

	lines := bufio.NewReaderSize(c, maxLine+1)
	for {
		// One deadline a line, not one a read. ctx is looked at after it is set:
		// else it could undo the one that the end of ctx has set.
		c.SetReadDeadline(time.Now().Add(idle))
		if ctx.Err() != nil {
			return
		}
		line, err := lines.ReadSlice('\n')
		if err != nil {
			return // also when the line does not fit
		}
		reply := handle(string(line[:len(line)-1]))
		reply = reply[:min(len(reply), 64<<10)]
		c.SetWriteDeadline(time.Now().Add(idle))
		if _, err := io.WriteString(c, reply+"\n"); err != nil {
			return
		}
	}
}
