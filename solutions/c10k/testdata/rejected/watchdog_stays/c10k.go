// Rejected: TestBadClients leak: a connection's watchdog sleeps on when the connection has gone.

package c10k

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

const maxLine = 4096

func Serve(ctx context.Context, l net.Listener, idle time.Duration, handle func(line string) string) error {
	if handle == nil || idle <= 0 {
		panic("c10k: Serve needs a handle function and an idle time above 0")
	}
	ctx, stop := context.WithCancel(ctx)
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
			wait(ctx, pause)
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

func serve(ctx context.Context, c net.Conn, idle time.Duration, handle func(string) string) {
	defer c.Close()
	defer func() { _ = recover() }()

	defer context.AfterFunc(ctx, func() { c.SetReadDeadline(time.Unix(0, 1)) })()

	var heard atomic.Bool
	go func() {
		time.Sleep(idle)
		if !heard.Load() {
			c.Close()
		}
	}()
	lines := bufio.NewReaderSize(c, maxLine+1)
	for {
		c.SetReadDeadline(time.Now().Add(idle))
		if ctx.Err() != nil {
			return
		}
		line, err := lines.ReadSlice('\n')
		if err != nil {
			return
		}
		heard.Store(true)
		reply := handle(string(line[:len(line)-1]))
		c.SetWriteDeadline(time.Now().Add(idle))
		if _, err := io.WriteString(c, reply+"\n"); err != nil {
			return
		}
	}
}
