// Rejected: TestShutdown fail: a connection that has sent part of its next line together with the last one is not taken for idle.

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

const maxLine = 4096

type server struct {
	idle   time.Duration
	handle func(string) string
	conns  sync.WaitGroup

	mu      sync.Mutex
	resting map[net.Conn]bool
	over    bool
}

// Serve answers each line with handle's reply.
func Serve(ctx context.Context, l net.Listener, idle time.Duration, handle func(line string) string) error {
	if handle == nil {
		panic("c10k: Serve needs a handle function")
	}
	s := &server{idle: idle, handle: handle, resting: map[net.Conn]bool{}}
	defer context.AfterFunc(ctx, func() { l.Close() })()
	err := s.accept(ctx, l)
	l.Close()
	s.end()
	s.conns.Wait()
	return err
}

func (s *server) accept(ctx context.Context, l net.Listener) error {
	for {
		c, err := l.Accept()
		if err == nil {
			s.conns.Go(func() { s.serve(c) })
			continue
		}
		var t interface{ Temporary() bool }
		if ctx.Err() != nil {
			return nil
		} else if !errors.As(err, &t) || !t.Temporary() {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// end closes the connections that rest.
func (s *server) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	for c := range s.resting {
		c.Close()
	}
}

// next says whether c may wait for a line. With nothing of it there c rests.
func (s *server) next(c net.Conn, begun bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return false
	}
	c.SetReadDeadline(time.Now().Add(s.idle))
	if !begun {
		s.resting[c] = true
	}
	return true
}

// works says that c does not rest any more; false: it has been closed.
func (s *server) works(c net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	closed := s.over && s.resting[c]
	delete(s.resting, c)
	return !closed
}

func (s *server) serve(c net.Conn) {
	defer c.Close()
	defer s.works(c)
	defer func() { _ = recover() }()
	lines := bufio.NewReaderSize(c, maxLine+1)
	for s.next(c, lines.Buffered() > 0) {
		line, err := lines.ReadSlice('\n')
		if !s.works(c) || err != nil {
			return
		}
		reply := s.handle(string(line[:len(line)-1]))
		c.SetWriteDeadline(time.Now().Add(s.idle))
		if _, err := io.WriteString(c, reply+"\n"); err != nil {
			return
		}
	}
}
