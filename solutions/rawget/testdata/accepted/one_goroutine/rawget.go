// Package rawget sends a GET by hand. Here one goroutine does all the work, from
// the dial to the last byte, and Get waits for it or for ctx. It stops reading at
// the Content-Length.
package rawget

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"net/url"
	"sync"
)

// Response is a reply, read to its end.
type Response struct {
	Status int
	Header textproto.MIMEHeader
	Body   []byte
}

// Dial opens a connection to address.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

type job struct {
	mu   sync.Mutex
	conn net.Conn // once it is there
	over bool     // nobody waits any more
	done chan struct{}

	response *Response
	err      error
}

// Get sends a GET for rawURL and reads the reply.
func Get(ctx context.Context, dial Dial, rawURL string) (*Response, error) {
	if dial == nil {
		panic("rawget: nil dial")
	}
	u, err := url.Parse(rawURL)
	if err == nil && u.Scheme != "http" {
		err = errors.New("rawget: scheme " + u.Scheme)
	}
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	j := &job{done: make(chan struct{})}
	go j.run(ctx, dial, u)
	select {
	case <-j.done:
		if j.err != nil && ctx.Err() != nil {
			return nil, fmt.Errorf("rawget: %w (%v)", ctx.Err(), j.err)
		}
		return j.response, j.err
	case <-ctx.Done():
		j.abandon()
		return nil, ctx.Err()
	}
}

func (j *job) abandon() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.over = true
	if j.conn != nil {
		j.conn.Close()
	}
}

func (j *job) run(ctx context.Context, dial Dial, u *url.URL) {
	defer close(j.done)
	port := u.Port()
	if port == "" {
		port = "80"
	}
	conn, err := dial(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		j.err = err
		return
	}
	defer conn.Close()
	j.mu.Lock()
	j.conn = conn
	over := j.over
	j.mu.Unlock()
	if !over {
		j.response, j.err = talk(conn, u)
	}
}

func talk(conn net.Conn, u *url.URL) (*Response, error) {
	w := bufio.NewWriterSize(conn, 16)
	fmt.Fprintf(w, "GET %s HTTP/1.0\r\n", u.RequestURI())
	fmt.Fprintf(w, "Host: %s\r\n\r\n", u.Host)
	if err := w.Flush(); err != nil {
		return nil, err
	}
	buffered := bufio.NewReaderSize(conn, 64)
	line, err := buffered.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("rawget: reply: %w", err)
	}
	r := &Response{}
	var major, minor int
	if n, _ := fmt.Sscanf(line, "HTTP/%d.%d %d", &major, &minor, &r.Status); n < 3 || r.Status < 100 {
		return nil, fmt.Errorf("rawget: status line %q", line)
	}
	if r.Header, err = textproto.NewReader(buffered).ReadMIMEHeader(); err != nil {
		return nil, fmt.Errorf("rawget: header: %w", err)
	}
	return r, r.body(buffered)
}

func (r *Response) body(from io.Reader) (err error) {
	text, limited := r.Header["Content-Length"]
	if !limited {
		r.Body, err = io.ReadAll(from)
		return err
	}
	var length int64
	var rest string
	if n, _ := fmt.Sscanf(text[0]+" .", "%d %s", &length, &rest); n < 2 || rest != "." || length < 0 {
		return fmt.Errorf("rawget: Content-Length %q", text[0])
	}
	r.Body, err = io.ReadAll(io.LimitReader(from, length))
	if err == nil && int64(len(r.Body)) < length {
		err = io.ErrUnexpectedEOF
	}
	return err
}
