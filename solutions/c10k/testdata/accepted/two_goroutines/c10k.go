// Package c10k serves ten thousand connections at the same time.
//
// Here each connection has a goroutine that reads lines, and one that does
// everything else and waits in a select.
package c10k

import (
	"bufio"
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

const maxLine = 4096

// Serve answers each line with handle's reply.
func Serve(ctx context.Context, l net.Listener, idle time.Duration, handle func(line string) string) error {
	if handle == nil {
		panic("c10k: handle is nil")
	}
	var conns, acceptor sync.WaitGroup
	failed := make(chan error, 1)
	quit := make(chan struct{})
	acceptor.Go(func() {
		for delay := time.Millisecond; ; {
			c, err := l.Accept()
			var temporary interface{ Temporary() bool }
			switch {
			case err == nil:
				delay = time.Millisecond
				conns.Go(func() { (&conn{Conn: c, idle: idle, handle: handle}).serve(quit) })
			case errors.As(err, &temporary) && temporary.Temporary():
				timer := time.NewTimer(delay)
				select {
				case <-timer.C:
				case <-quit:
					timer.Stop()
					return
				}
				delay *= 2
			default:
				failed <- err
				return
			}
		}
	})
	var err error
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	close(quit)
	l.Close()
	acceptor.Wait()
	conns.Wait()
	return err
}

type conn struct {
	net.Conn
	idle   time.Duration
	handle func(string) string
}

// read sends c's lines, and closes lines when there are no more.
func (c *conn) read(lines chan<- string, over <-chan struct{}) {
	defer close(lines)
	buf := bufio.NewReaderSize(c, maxLine+1)
	for {
		line, err := buf.ReadSlice('\n')
		if err != nil {
			return
		}
		select {
		case lines <- string(line[:len(line)-1]):
		case <-over:
			return
		}
	}
}

func (c *conn) serve(quit <-chan struct{}) {
	lines, over := make(chan string), make(chan struct{})
	var reader sync.WaitGroup
	reader.Go(func() { c.read(lines, over) })
	defer reader.Wait()
	defer c.Close()
	defer close(over)
	defer func() { recover() }()

	patience := time.NewTimer(c.idle)
	defer patience.Stop()
	for {
		select {
		case <-quit:
			return
		case <-patience.C:
			return
		case line, ok := <-lines:
			if !ok {
				return
			}
			reply := c.handle(line)
			c.SetWriteDeadline(time.Now().Add(c.idle))
			if _, err := c.Write(append([]byte(reply), '\n')); err != nil {
				return
			}
			patience.Reset(c.idle)
		}
	}
}
