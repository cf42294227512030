// Rejected: TestShutdown fail: all connections of the process are in one table, and the end of one Serve ends all.

// Accepted: four goroutines accept, and a table of connections is locked.

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

// conns are all that are open.
var (
	connsMu sync.Mutex
	conns   = make(map[net.Conn]bool)
)

type server struct {
	mu      sync.Mutex
	closing bool
	idle    time.Duration
	handle  func(string) string
	wg      sync.WaitGroup
}

func Serve(ctx context.Context, l net.Listener, idle time.Duration, handle func(line string) string) error {
	if handle == nil {
		panic("c10k: nil handle")
	}
	s := &server{idle: idle, handle: handle}
	failed := make(chan struct{})
	s.wg.Go(func() {
		select {
		case <-ctx.Done():
		case <-failed:
		}
		l.Close()
		s.shutdown()
	})
	var once sync.Once
	var err error
	var acc sync.WaitGroup
	for range 4 {
		acc.Go(func() {
			e := s.accept(ctx, l)
			once.Do(func() { err = e; close(failed) })
		})
	}
	acc.Wait()
	s.wg.Wait()
	return err
}

func (s *server) accept(ctx context.Context, l net.Listener) error {
	pause := 5 * time.Millisecond
	for {
		if ctx.Err() != nil {
			return nil
		}
		c, err := l.Accept()
		if err == nil {
			pause = 5 * time.Millisecond
			if s.add(c) {
				s.wg.Go(func() { s.talk(c) })
			} else {
				c.Close()
			}
			continue
		}
		if ctx.Err() != nil || s.isClosing() {
			return nil
		}
		var t interface{ Temporary() bool }
		if !errors.As(err, &t) || !t.Temporary() {
			return err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil
		}
		pause = min(2*pause, time.Second)
	}
}

func (s *server) isClosing() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closing
}

func (s *server) add(c net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		return false
	}
	connsMu.Lock()
	conns[c] = true
	connsMu.Unlock()
	c.SetReadDeadline(time.Now().Add(s.idle))
	return true
}

func (s *server) arm(c net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.SetReadDeadline(time.Now().Add(s.idle))
	return !s.closing
}

func (s *server) shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = true
	connsMu.Lock()
	defer connsMu.Unlock()
	for c := range conns {
		c.SetReadDeadline(time.Unix(1, 0))
	}
}

func (s *server) talk(c net.Conn) {
	defer func() {
		recover()
		c.Close()
		connsMu.Lock()
		delete(conns, c)
		connsMu.Unlock()
	}()
	r := bufio.NewReaderSize(c, 4097)
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return
		}
		reply := s.handle(string(line[:len(line)-1]))
		c.SetWriteDeadline(time.Now().Add(s.idle))
		if _, err := io.WriteString(c, reply+"\n"); err != nil {
			return
		}
		if !s.arm(c) {
			return
		}
	}
}
