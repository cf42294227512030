// Rejected: TestReply fail: names of the header are left as the server writes them

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
		panic("dial must not be nil")
	}
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, fmt.Errorf("rawget: %w", err)
	}
	if u.Scheme != "http" {
		return nil, errors.New("rawget: only http")
	}
	if u.Host == "" {
		return nil, errors.New("rawget: no host")
	}
	address := u.Host
	if u.Port() == "" {
		address = strings.TrimSuffix(address, ":") + ":80"
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}

	var mu sync.Mutex
	var conn net.Conn
	cancelled := false
	reply := make(chan error, 1)
	var raw []byte
	var wg sync.WaitGroup
	go func() {
		c, err := dial(ctx, "tcp", address)
		if err != nil {
			reply <- err
			return
		}
		mu.Lock()
		if cancelled {
			mu.Unlock()
			c.Close()
			return
		}
		conn = c
		wg.Add(1)
		mu.Unlock()
		defer wg.Done()
		_, err = fmt.Fprintf(c, "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", path, u.Host)
		if err != nil {
			reply <- err
			return
		}
		buf := make([]byte, 7)
		for {
			n, err := c.Read(buf)
			raw = append(raw, buf[:n]...)
			if err == io.EOF {
				reply <- nil
				return
			}
			if err != nil {
				reply <- err
				return
			}
		}
	}()

	select {
	case err = <-reply:
	case <-ctx.Done():
		err = ctx.Err()
	}
	mu.Lock()
	cancelled = true
	if conn != nil {
		conn.Close()
	}
	mu.Unlock()
	wg.Wait()
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, err
	}
	return takeApart(raw)
}

func takeApart(raw []byte) (*Response, error) {
	r := &Response{Header: textproto.MIMEHeader{}}
	line := func() (string, error) {
		head, tail, found := bytes.Cut(raw, []byte("\n"))
		if !found {
			return "", fmt.Errorf("rawget: header: %w", io.ErrUnexpectedEOF)
		}
		raw = tail
		return strings.TrimSuffix(string(head), "\r"), nil
	}
	first, err := line()
	if err != nil {
		return nil, err
	}
	fields := strings.Fields(first)
	if len(fields) < 2 || !strings.HasPrefix(fields[0], "HTTP/1.") || len(fields[1]) != 3 {
		return nil, errors.New("rawget: no status line")
	}
	code, err := strconv.ParseUint(fields[1], 10, 16)
	if err != nil || code < 100 {
		return nil, errors.New("rawget: no status")
	}
	r.Status = int(code)
	last := ""
	for {
		l, err := line()
		if err != nil {
			return nil, err
		}
		if l == "" {
			break
		}
		if last != "" && (l[0] == ' ' || l[0] == '\t') {
			v := r.Header[last]
			v[len(v)-1] += " " + strings.TrimSpace(l)
			continue
		}
		k, v, ok := strings.Cut(l, ":")
		if !ok || k == "" {
			return nil, errors.New("rawget: no header line: " + l)
		}
		last = k
		r.Header[last] = append(r.Header[last], strings.Trim(v, " \t"))
	}
	for _, v := range r.Header["Content-Length"] {
		n, err := strconv.ParseUint(v, 10, 62)
		if err != nil {
			return nil, errors.New("rawget: no length: " + v)
		}
		if uint64(len(raw)) < n {
			return nil, io.ErrUnexpectedEOF
		}
	}
	r.Body = raw
	return r, nil
}
