// Rejected: TestReply fail: a value in the header ends at its first colon.

// Package rawget sends a GET by hand. Here a deadline in the past interrupts what
// hangs, and the reply is taken apart when it is all there.
package rawget

import (
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
	"time"
)

// Response is a reply, read to its end.
type Response struct {
	Status int
	Header textproto.MIMEHeader
	Body   []byte
}

// Dial opens a connection to address.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

var errReply = errors.New("rawget: this is no HTTP reply")

// Get sends a GET for rawURL and reads the reply until the connection ends.
func Get(ctx context.Context, dial Dial, rawURL string) (*Response, error) {
	if dial == nil {
		panic("rawget: nil dial")
	}
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "http" {
		return nil, errors.New("rawget: only http")
	}
	address := u.Host
	if u.Port() == "" {
		address += ":80"
	}
	conn, err := dialUntil(ctx, dial, address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	reply, err := exchange(ctx, conn, u)
	if err != nil {
		return nil, err
	}
	return parse(reply)
}

func dialUntil(ctx context.Context, dial Dial, address string) (net.Conn, error) {
	var conn net.Conn
	var err error
	over := make(chan struct{})
	go func() {
		defer close(over)
		conn, err = dial(ctx, "tcp", address)
	}()
	select {
	case <-over:
		if err != nil && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return conn, err
	case <-ctx.Done():
		go func() {
			<-over
			if err == nil {
				conn.Close()
			}
		}()
		return nil, ctx.Err()
	}
}

func exchange(ctx context.Context, conn net.Conn, u *url.URL) ([]byte, error) {
	over := make(chan struct{})
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		select {
		case <-over:
		case <-ctx.Done():
			conn.SetDeadline(time.Unix(1, 0))
		}
	}()
	reply, err := talk(conn, u)
	close(over)
	<-gone
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	return reply, err
}

func talk(conn net.Conn, u *url.URL) ([]byte, error) {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	for _, s := range []string{"GET ", path, " HTTP/1.0\r\n", "Host: ", u.Host, "\r\n\r\n"} {
		if _, err := fmt.Fprint(conn, s); err != nil {
			return nil, err
		}
	}
	var reply []byte
	chunk := make([]byte, 4096)
	for {
		n, err := conn.Read(chunk)
		reply = append(reply, chunk[:n]...)
		if err == io.EOF {
			return reply, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func parse(reply []byte) (*Response, error) {
	head, body, ok := bytes.Cut(reply, []byte("\r\n\r\n"))
	lines := strings.Split(string(head), "\r\n")
	first := strings.Fields(lines[0])
	if !ok || len(first) < 2 || !strings.HasPrefix(first[0], "HTTP/") {
		return nil, errReply
	}
	status, err := strconv.Atoi(first[1])
	if err != nil || status < 0 {
		return nil, errReply
	}
	header := textproto.MIMEHeader{}
	for _, line := range lines[1:] {
		parts := strings.Split(line, ":")
		if len(parts) < 2 {
			return nil, errReply
		}
		name, value := parts[0], parts[1]
		header.Add(name, strings.TrimSpace(value))
	}
	if body, err = cut(body, header.Values("Content-Length")); err != nil {
		return nil, err
	}
	return &Response{status, header, body}, nil
}

func cut(body []byte, lengths []string) ([]byte, error) {
	if len(lengths) == 0 {
		return body, nil
	}
	n, err := strconv.Atoi(lengths[0])
	if err != nil || n < 0 {
		return nil, errReply
	}
	if n > len(body) {
		return nil, fmt.Errorf("rawget: %d bytes of %d: %w", len(body), n, io.ErrUnexpectedEOF)
	}
	return body[:n], nil
}
