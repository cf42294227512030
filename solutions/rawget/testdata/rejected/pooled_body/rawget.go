// Rejected: TestReply fail: Body lies in a buffer of a pool, and a later Get writes over it.

package rawget

import (
	"bufio"
	"bytes"
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

// bodies spares each reply the growing of a buffer.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func get(ctx context.Context, dial Dial, u *url.URL) (*Response, error) {
	body := bodies.Get().(*bytes.Buffer)
	defer bodies.Put(body)
	body.Reset()
	conn, err := connect(ctx, dial, address(u))
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	// A Read or a Write knows nothing of ctx. What ends it is Close.
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	request := "GET " + u.RequestURI() + " HTTP/1.0\r\nHost: " + u.Host + "\r\n\r\n"
	if _, err := io.WriteString(conn, request); err != nil {
		return nil, err
	}
	return read(conn, body)
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
func read(conn io.Reader, body *bytes.Buffer) (*Response, error) {
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
	if _, err = body.ReadFrom(r.R); err != nil {
		return nil, fmt.Errorf("read the body: %w", err)
	}
	response.Body = body.Bytes()
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
