// Rejected: TestRequest leak: what waits for the end of ctx stays when the dial fails.

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
	"strconv"
	"strings"
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

// Get sends a GET for rawURL and reads the reply until the connection ends.
func Get(ctx context.Context, dial Dial, rawURL string) (*Response, error) {
	if dial == nil {
		panic("rawget: Get needs a function to dial with")
	}
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, fmt.Errorf("rawget: %w", err)
	}
	if u.Scheme != "http" || u.Hostname() == "" {
		return nil, fmt.Errorf("rawget: %q is not an http URL with a host", u.Redacted())
	}
	response, err := get(ctx, dial, u)
	if err != nil && ctx.Err() != nil {
		err = ctx.Err() // the reason; that a connection was closed is only how it was done
	}
	if err != nil {
		return nil, fmt.Errorf("rawget: %s: %w", u.Redacted(), err)
	}
	return response, nil
}

func get(ctx context.Context, dial Dial, u *url.URL) (*Response, error) {
	var l line
	// A Read or a Write knows nothing of ctx. What ends it is Close.
	stop := context.AfterFunc(ctx, l.hangUp)
	conn, err := connect(ctx, dial, address(u))
	if err != nil {
		return nil, err
	}
	defer stop()
	defer conn.Close()
	if !l.open(conn) {
		return nil, ctx.Err()
	}
	request := "GET " + u.RequestURI() + " HTTP/1.0\r\nHost: " + u.Host + "\r\n\r\n"
	if _, err := io.WriteString(conn, request); err != nil {
		return nil, err
	}
	return read(conn)
}

// line is a connection that may not be there yet when it is to be closed.
type line struct {
	mu   sync.Mutex
	conn net.Conn
	over bool
}

func (l *line) open(conn net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conn = conn
	return !l.over
}

func (l *line) hangUp() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over = true
	if l.conn != nil {
		l.conn.Close()
	}
}

func address(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "80"
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// connect dials, and leaves the dial alone when ctx is done.
func connect(ctx context.Context, dial Dial, address string) (net.Conn, error) {
	type dialed struct {
		conn net.Conn
		err  error
	}
	result := make(chan dialed) // no buffer: a connection in it would belong to nobody
	go func() {
		conn, err := dial(ctx, "tcp", address)
		select {
		case result <- dialed{conn, err}:
		case <-ctx.Done():
			if err == nil {
				conn.Close()
			}
		}
	}()
	select {
	case d := <-result:
		return d.conn, d.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// read reads a whole reply, in pieces of whatever size.
func read(conn io.Reader) (*Response, error) {
	r := textproto.NewReader(bufio.NewReader(conn))
	line, err := r.ReadLine()
	if err != nil {
		return nil, fmt.Errorf("read the status line: %w", cutOff(err))
	}
	response := new(Response)
	if response.Status, err = status(line); err != nil {
		return nil, err
	}
	if response.Header, err = r.ReadMIMEHeader(); err != nil {
		return nil, fmt.Errorf("read the header: %w", cutOff(err))
	}
	if response.Body, err = io.ReadAll(r.R); err != nil {
		return nil, fmt.Errorf("read the body: %w", err)
	}
	return response, response.trim()
}

// cutOff is err, where an end is no regular end.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// status is the number in a line like "HTTP/1.0 200 OK".
func status(line string) (int, error) {
	version, rest, _ := strings.Cut(line, " ")
	number, _, _ := strings.Cut(rest, " ")
	n, err := strconv.ParseUint(number, 10, 16)
	if err != nil || !strings.HasPrefix(version, "HTTP/") {
		return 0, fmt.Errorf("bad status line %q", line)
	}
	return int(n), nil
}

// trim cuts the body to its Content-Length, if there is one. That number comes
// from a stranger: it is compared, and nothing is made of that size.
func (r *Response) trim() error {
	text := r.Header.Get("Content-Length")
	if text == "" {
		return nil
	}
	length, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return fmt.Errorf("bad Content-Length %q", text)
	}
	if length > uint64(len(r.Body)) {
		return io.ErrUnexpectedEOF
	}
	r.Body = r.Body[:length]
	return nil
}
