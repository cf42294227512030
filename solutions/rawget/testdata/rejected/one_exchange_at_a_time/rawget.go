// Rejected: TestCancel fail: one lock of the package is held while a Get reads, and whoever waits for it does not hear of ctx

package rawget

import (
	"bufio"
	"context"
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

// Dial opens a connection to address. The DialContext of a [net.Dialer] is one.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

func Get(ctx context.Context, dial Dial, rawURL string) (*Response, error) {
	if dial == nil {
		panic("rawget: dial is nil")
	}
	address, request, err := target(rawURL)
	if err != nil {
		return nil, err
	}
	conn, err := connect(ctx, dial, address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	reading.Lock()
	response, err := talk(conn, request)
	reading.Unlock()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return response, err
}

var reading sync.Mutex

func talk(conn net.Conn, request string) (*Response, error) {
	if _, err := io.WriteString(conn, request); err != nil {
		return nil, err
	}
	return parse(conn)
}

func connect(ctx context.Context, dial Dial, address string) (net.Conn, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	type dialled struct {
		conn net.Conn
		err  error
	}
	c := make(chan dialled)
	go func() {
		conn, err := dial(ctx, "tcp", address)
		select {
		case c <- dialled{conn, err}:
		case <-ctx.Done():
			if err == nil {
				conn.Close()
			}
		}
	}()
	select {
	case d := <-c:
		if d.err != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return d.conn, d.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func target(rawURL string) (address, request string, err error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return "", "", err
	}
	if u.Scheme != "http" || u.Hostname() == "" || u.Opaque != "" {
		return "", "", fmt.Errorf("rawget: not an http URL: %q", rawURL)
	}
	port := u.Port()
	if port == "" {
		port = "80"
	}
	return net.JoinHostPort(u.Hostname(), port),
		"GET " + u.RequestURI() + " HTTP/1.0\r\nHost: " + u.Host + "\r\n\r\n", nil
}

func parse(r io.Reader) (*Response, error) {
	tr := textproto.NewReader(bufio.NewReader(r))
	line, err := tr.ReadLine()
	if err != nil {
		return nil, noEOF(err)
	}
	status, err := parseStatus(line)
	if err != nil {
		return nil, err
	}
	header, err := tr.ReadMIMEHeader()
	if err != nil {
		return nil, noEOF(err)
	}
	length, err := parseLength(header)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(tr.R)
	if err != nil {
		return nil, err
	}
	if int64(len(body)) < length {
		return nil, io.ErrUnexpectedEOF
	}
	return &Response{status, header, body}, nil
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func parseStatus(line string) (int, error) {
	proto, rest, ok := strings.Cut(line, " ")
	code, _, _ := strings.Cut(rest, " ")
	status, err := strconv.Atoi(code)
	if !ok || !strings.HasPrefix(proto, "HTTP/") || len(code) != 3 || err != nil || status < 100 {
		return 0, fmt.Errorf("rawget: bad status line %q", line)
	}
	return status, nil
}

// parseLength is -1 when there is none.
func parseLength(header textproto.MIMEHeader) (int64, error) {
	lengths := header["Content-Length"]
	if len(lengths) == 0 {
		return -1, nil
	}
	for _, l := range lengths[1:] {
		if l != lengths[0] {
			return 0, fmt.Errorf("rawget: two lengths, %q and %q", lengths[0], l)
		}
	}
	n, err := strconv.ParseUint(lengths[0], 10, 63)
	if err != nil {
		return 0, fmt.Errorf("rawget: bad Content-Length: %w", err)
	}
	return int64(n), nil
}
