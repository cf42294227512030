// Rejected: TestBadReplies fail: a read error that has EOF in its name is taken for the end of the connection

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
)

// Response is a reply.
type Response struct {
	Status int
	Header textproto.MIMEHeader
	Body   []byte
}

// Dial opens a connection.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)
type dialled struct {
	conn net.Conn
	err  error
}

func Get(ctx context.Context, dial Dial, rawURL string) (*Response, error) {
	if dial == nil {
		panic("rawget: nil dial")
	}
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "http" || u.Hostname() == "" {
		return nil, fmt.Errorf("rawget: not an http URL: %q", rawURL)
	}
	port := u.Port()
	if port == "" {
		port = "80"
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	hand := make(chan dialled)
	go func() {
		c, err := dial(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
		select {
		case hand <- dialled{c, err}:
		case <-ctx.Done():
			if err == nil {
				c.Close()
			}
		}
	}()
	var conn net.Conn
	select {
	case d := <-hand:
		if d.err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return nil, d.err
		}
		conn = d.conn
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	r, err := talk(conn, u)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, err
	}
	return r, nil
}

func talk(conn net.Conn, u *url.URL) (*Response, error) {
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", u.RequestURI(), u.Host); err != nil {
		return nil, err
	}
	r := textproto.NewReader(bufio.NewReader(conn))
	line, err := r.ReadLine()
	if err != nil {
		return nil, err
	}
	proto, rest, ok := strings.Cut(line, " ")
	code, _, _ := strings.Cut(rest, " ")
	status, err := strconv.Atoi(code)
	if !ok || !strings.HasPrefix(proto, "HTTP/") || err != nil || len(code) != 3 || status < 100 {
		return nil, fmt.Errorf("rawget: bad status line %q", line)
	}
	header, err := r.ReadMIMEHeader()
	if err != nil {
		return nil, fmt.Errorf("rawget: header: %w", err)
	}
	length := int64(-1)
	if s := header.Get("Content-Length"); s != "" || header["Content-Length"] != nil {
		length, err = strconv.ParseInt(s, 10, 64)
		if err != nil || length < 0 {
			return nil, errors.New("rawget: bad Content-Length " + s)
		}
	}
	body, err := io.ReadAll(r.R)
	if err == io.ErrUnexpectedEOF || err == io.ErrClosedPipe {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	if length >= 0 && int64(len(body)) < length {
		return nil, fmt.Errorf("rawget: %d of %d bytes: %w", len(body), length, io.ErrUnexpectedEOF)
	}
	return &Response{status, header, body}, nil
}
