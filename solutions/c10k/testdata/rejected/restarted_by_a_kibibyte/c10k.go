// Rejected: TestIdle fail: a line that has come to 1024 bytes gets its idle time again.

package c10k

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

type phase func() phase

func Serve(ctx context.Context, l net.Listener, idle time.Duration, handle func(line string) string) error {
	if handle == nil {
		panic("c10k: handle must not be nil")
	}
	inner, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	var group sync.WaitGroup
	closeOnce := sync.OnceFunc(func() { l.Close() })
	group.Go(func() {
		<-inner.Done()
		closeOnce()
	})
	verdict := func() error {
		for attempt := 0; ; attempt++ {
			conn, err := l.Accept()
			if err != nil {
				if ctx.Err() != nil {
					return nil
				}
				var temporary interface {
					error
					Temporary() bool
				}
				if errors.As(err, &temporary) && temporary.Temporary() {
					pause, cancel := context.WithTimeout(ctx, min(time.Second, time.Millisecond<<min(attempt, 10)))
					<-pause.Done()
					cancel()
					if ctx.Err() != nil {
						return nil
					}
					continue
				}
				return err
			}
			attempt = 0
			if ctx.Err() != nil {
				conn.Close()
				return nil
			}
			group.Go(func() {
				defer conn.Close()
				for p := first(inner, conn, idle, handle); p != nil; {
					p = p()
				}
			})
		}
	}()
	fail(verdict)
	group.Wait()
	return verdict
}

func first(ctx context.Context, conn net.Conn, idle time.Duration, handle func(string) string) phase {
	var line []byte
	var listen, answer phase
	listen = func() phase {
		line = nil
		conn.SetReadDeadline(time.Now().Add(idle))
		stop := context.AfterFunc(ctx, func() { conn.SetReadDeadline(time.Unix(1, 0)) })
		defer stop()
		var one [1]byte
		for {
			n, err := conn.Read(one[:])
			switch {
			case n == 1 && one[0] == '\n':
				if !stop() {
					return nil
				}
				return answer
			case n == 1 && len(line) == 4096:
				return nil
			case n == 1:
				line = append(line, one[0])
				if len(line) == 1024 {
					conn.SetReadDeadline(time.Now().Add(idle))
				}
			}
			if err != nil {
				return nil
			}
		}
	}
	answer = func() (next phase) {
		defer func() {
			if recover() != nil {
				next = nil
			}
		}()
		reply := handle(string(line))
		conn.SetWriteDeadline(time.Now().Add(idle))
		if _, err := conn.Write([]byte(reply + "\n")); err != nil {
			return nil
		}
		return listen
	}
	return listen
}
