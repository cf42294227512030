// Rejected: TestLines fail: a nil handle panics only if ctx is not done.

package c10k

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"sync"
	"time"
)

func isTemporary(err error) bool {
	var t interface{ Temporary() bool }
	return err != nil && errors.As(err, &t) && t.Temporary()
}

func Serve(ctx context.Context, l net.Listener, idle time.Duration, handle func(line string) string) error {
	if handle == nil && ctx.Err() == nil {
		panic("c10k: handle: nil")
	}
	closing := make(chan struct{})
	var once sync.Once
	shut := func() {
		once.Do(func() {
			close(closing)
			l.Close()
		})
	}
	var wg sync.WaitGroup
	finished := make(chan struct{})
	var watcher sync.WaitGroup
	watcher.Add(1)
	go func() {
		defer watcher.Done()
		select {
		case <-ctx.Done():
			shut()
		case <-finished:
		}
	}()
	var result error
accepting:
	for {
		if ctx.Err() != nil {
			break
		}
		conn, err := l.Accept()
		switch {
		case err == nil && ctx.Err() != nil:
			conn.Close()
			break accepting
		case err == nil:
			wg.Add(1)
			go func() {
				defer wg.Done()
				converse(conn, idle, handle, closing)
			}()
		case ctx.Err() != nil:
			break accepting
		case isTemporary(err):
			select {
			case <-closing:
				break accepting
			case <-time.After(10 * time.Millisecond):
			}
		default:
			result = err
			break accepting
		}
		runtime.Gosched()
	}
	shut()
	wg.Wait()
	close(finished)
	watcher.Wait()
	return result
}

func converse(conn net.Conn, idle time.Duration, handle func(string) string, closing <-chan struct{}) {
	var closeOnce sync.Once
	hangUp := func() { closeOnce.Do(func() { conn.Close() }) }
	defer hangUp()
	reader := bufio.NewReaderSize(conn, 1024)

	// patient runs step and hangs up when it takes too long, or is interrupted.
	patient := func(step func() bool, interrupt <-chan struct{}) bool {
		done := make(chan struct{})
		var guard sync.WaitGroup
		cut := false
		guard.Add(1)
		go func() {
			defer guard.Done()
			t := time.NewTimer(idle)
			defer t.Stop()
			select {
			case <-done:
				return
			case <-t.C:
			case <-interrupt:
			}
			cut = true
			hangUp()
		}()
		ok := step()
		close(done)
		guard.Wait()
		return ok && !cut
	}
	for {
		var line []byte
		ok := patient(func() bool {
			for {
				part, err := reader.ReadSlice('\n')
				line = append(line, part...)
				if err == nil {
					line = line[:len(line)-1]
					return len(line) <= 4096
				}
				if err != bufio.ErrBufferFull || len(line) > 4096 {
					return false
				}
			}
		}, closing)
		if !ok {
			return
		}
		replies := make(chan string, 1)
		go func() {
			defer close(replies)
			defer func() { _ = recover() }()
			replies <- handle(string(line))
		}()
		reply, ok := <-replies
		if !ok {
			return
		}
		if !patient(func() bool {
			_, err := io.WriteString(conn, reply+"\n")
			return err == nil
		}, nil) {
			return
		}
	}
}
