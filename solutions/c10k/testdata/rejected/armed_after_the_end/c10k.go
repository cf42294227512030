// Rejected: TestEverySchedule fail: between its look at the end and the read deadline that it sets, ctx may end.

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
	mu      sync.Mutex
	conns   map[net.Conn]bool
	closing bool
	idle    time.Duration
	handle  func(string) string
	wg      sync.WaitGroup
}

func Serve(ctx context.Context, l net.Listener, idle time.Duration, handle func(line string) string) error {
	if handle == nil {
		panic("c10k: nil handle")
	}
	s := &server{conns: make(map[net.Conn]bool), idle: idle, handle: handle}
	failed := make(chan struct{})
	s.wg.Go(func() {
		select {
		case <-ctx.Done():
		case <-failed:
		}
		l.Close()
		s.shutdown()
	})
	err := s.accept(ctx, l)
	close(failed)
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
		if ctx.Err() != nil {
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

func (s *server) add(c net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		return false
	}
	s.conns[c] = true
	c.SetReadDeadline(time.Now().Add(s.idle))
	return true
}

func (s *server) arm(c net.Conn) bool {
	s.mu.Lock()
	closing := s.closing
	s.mu.Unlock()
	if closing {
		return false
	}
	c.SetReadDeadline(time.Now().Add(s.idle))
	return true
}

func (s *server) shutdown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closing = true
	for c := range s.conns {
		c.SetReadDeadline(time.Unix(1, 0))
	}
}

func (s *server) talk(c net.Conn) {
	defer func() {
		recover()
		c.Close()
		s.mu.Lock()
		delete(s.conns, c)
		s.mu.Unlock()
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
