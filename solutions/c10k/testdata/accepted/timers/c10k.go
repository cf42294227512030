// Package c10k serves ten thousand connections at the same time.
//
// This one knows no deadlines: timers close connections, and a list of the idle
// ones tells which to close when ctx ends.
package c10k

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
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
	waiting map[net.Conn]bool // for a line
	over    bool              // nobody waits any more
}

// Serve answers each line with handle's reply.
func Serve(ctx context.Context, l net.Listener, idle time.Duration, handle func(line string) string) error {
	if handle == nil {
		panic("c10k: handle is nil")
	}
	s := &server{idle: idle, handle: handle, waiting: map[net.Conn]bool{}}
	accepted := make(chan error, 1)
	quit, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() { accepted <- s.accept(quit, l) }()

	var err error
	select {
	case <-ctx.Done():
		l.Close()
		<-accepted
	case err = <-accepted:
		l.Close()
	}
	s.end()
	s.conns.Wait()
	return err
}

func (s *server) accept(ctx context.Context, l net.Listener) error {
	for {
		c, err := l.Accept()
		if err == nil {
			s.conns.Add(1)
			go s.serve(c)
			continue
		}
		var t interface{ Temporary() bool }
		if ctx.Err() != nil {
			return nil
		} else if !errors.As(err, &t) || !t.Temporary() {
			return fmt.Errorf("c10k: accept: %w", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// wait says that c waits for a line from now on, or not any more; false: too late.
func (s *server) wait(c net.Conn, yes bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if yes && !s.over {
		s.waiting[c] = true
	} else {
		delete(s.waiting, c)
	}
	return !s.over
}

// end closes the connections that wait for a line.
func (s *server) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	for c := range s.waiting {
		c.Close()
	}
}

func (s *server) serve(c net.Conn) {
	defer s.conns.Done()
	patience := time.AfterFunc(s.idle, func() { c.Close() })
	defer func() {
		patience.Stop()
		if p := recover(); p != nil {
			log.Printf("c10k: handle panicked: %v", p)
		}
		s.wait(c, false)
		c.Close()
	}()
	lines := bufio.NewScanner(c)
	lines.Buffer(make([]byte, 0, 128), maxLine+1)
	lines.Split(split)
	for s.wait(c, true) && lines.Scan() && s.wait(c, false) {
		patience.Stop()
		reply := s.handle(lines.Text())
		patience.Reset(s.idle)
		if _, err := c.Write([]byte(reply + "\n")); err != nil {
			return
		}
		patience.Reset(s.idle)
	}
}

// split cuts off lines, and nothing else: bufio.ScanLines would take "\r" away.
func split(data []byte, _ bool) (int, []byte, error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	return 0, nil, nil
}
