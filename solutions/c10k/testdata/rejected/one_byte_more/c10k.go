// Rejected: TestBadClients fail: its buffer has room for a line of 4097 bytes.

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

type server struct {
	idle   time.Duration
	handle func(string) string

	mu       sync.Mutex
	conns    map[net.Conn]struct{}
	stopping bool
	wg       sync.WaitGroup
}

func Serve(ctx context.Context, l net.Listener, idle time.Duration, handle func(line string) string) error {
	if handle == nil {
		panic("c10k: nil handle")
	}
	s := &server{idle: idle, handle: handle, conns: map[net.Conn]struct{}{}}
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	err := s.accept(ctx, l)
	l.Close()
	s.stop()
	s.wg.Wait()
	return err
}

func (s *server) accept(ctx context.Context, l net.Listener) error {
	pause := 5 * time.Millisecond
	for {
		c, err := l.Accept()
		var t interface{ Temporary() bool }
		switch {
		case err == nil && ctx.Err() != nil:
			c.Close()
			return nil
		case err == nil:
			pause = 5 * time.Millisecond
			s.mu.Lock()
			s.conns[c] = struct{}{}
			s.mu.Unlock()
			s.wg.Go(func() { s.serve(c) })
		case ctx.Err() != nil:
			return nil
		case errors.As(err, &t) && t.Temporary():
			select {
			case <-time.After(pause):
			case <-ctx.Done():
				return nil
			}
			pause = min(2*pause, time.Second)
		default:
			return err
		}
	}
}

// arm gives the client time for a line, unless the server stops.
func (s *server) arm(c net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopping {
		return false
	}
	c.SetReadDeadline(time.Now().Add(s.idle))
	return true
}

func (s *server) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopping = true
	for c := range s.conns {
		c.SetReadDeadline(time.Unix(1, 0))
	}
}

func (s *server) serve(c net.Conn) {
	defer func() {
		c.Close()
		s.mu.Lock()
		delete(s.conns, c)
		s.mu.Unlock()
	}()
	r := bufio.NewReaderSize(c, 4098)
	for s.arm(c) {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return
		}
		reply, ok := s.call(string(line[:len(line)-1]))
		if !ok {
			return
		}
		c.SetWriteDeadline(time.Now().Add(s.idle))
		if _, err := io.WriteString(c, reply+"\n"); err != nil {
			return
		}
	}
}

func (s *server) call(line string) (reply string, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return s.handle(line), true
}
