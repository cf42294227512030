package rawget_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"gorutinas/exercises/internal/probe"

	"gorutinas/exercises/rawget"
)

// host is a server without a network: it reads a request, answers in pieces, a
// second apart, and hangs up, or stays silent for ever.
type host struct {
	pieces []string
	silent bool

	address string // that was dialled
	request []byte
	conn    *closing // the client's end
}

// closing is a connection that remembers whether it was closed.
type closing struct {
	net.Conn
	closed bool
}

func (c *closing) Close() error {
	c.closed = true
	return c.Conn.Close()
}

func (h *host) dial(_ context.Context, network, address string) (net.Conn, error) {
	h.address = network + " " + address
	near, far := net.Pipe()
	h.conn = &closing{Conn: near}
	go h.serve(far)
	return h.conn, nil
}

func (h *host) serve(far net.Conn) {
	defer far.Close()
	for chunk := make([]byte, 512); !bytes.HasSuffix(h.request, []byte("\r\n\r\n")); {
		n, err := far.Read(chunk)
		h.request = append(h.request, chunk[:n]...)
		if err != nil {
			return
		}
	}
	for _, p := range h.pieces {
		time.Sleep(time.Second)
		if _, err := io.WriteString(far, p); err != nil {
			return
		}
	}
	if h.silent {
		far.Read(make([]byte, 1)) // until the client hangs up
	}
}

// The page of the course notes, in three pieces.
func TestGet(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		h := &host{pieces: []string{"HTTP/1.0 200 OK\r\nContent-Ty", "pe: text/plain\r\n\r\nhello, ", "world"}}
		response, err := rawget.Get(t.Context(), h.dial, "http://bla.com/index.html?q=1#top")
		if err != nil || response == nil {
			probe.Failf(t, 2, "Get of a good page gives no response: %v", err)
			return
		}
		probe.Equal(t, 1, "what Get dials", h.address, "tcp bla.com:80")
		probe.Equal(t, 1, "what Get sends", string(h.request), "GET /index.html?q=1 HTTP/1.0\r\nHost: bla.com\r\n\r\n")
		probe.Equal(t, 2, "Status", response.Status, 200)
		probe.Equal(t, 2, "Content-Type", response.Header.Get("Content-Type"), "text/plain")
		probe.Equal(t, 2, "Body", string(response.Body), "hello, world")
		synctest.Wait()
		probe.Equal(t, 3, "the connection is closed", h.conn.closed, true)
	})
}

// A server that hangs up too early.
func TestCutOff(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		h := &host{pieces: []string{"HTTP/1.0 200 OK\r\nContent-Length: 12\r\n\r\nhello"}}
		_, err := rawget.Get(t.Context(), h.dial, "http://bla.com:8080")
		probe.Equal(t, 1, "what Get dials", h.address, "tcp bla.com:8080")
		cut := probe.Named{Name: "io.ErrUnexpectedEOF", Err: io.ErrUnexpectedEOF}
		probe.Equal(t, 2, "error of a body of 5 bytes with Content-Length 12", probe.ErrorName(err, cut), cut.Name)

		h = &host{pieces: []string{"HTTP/1.0 200 OK\r\nContent-Le"}}
		_, err = rawget.Get(t.Context(), h.dial, "http://bla.com")
		probe.Equal(t, 2, "a reply that ends within its header gives an error", err != nil, true)
		synctest.Wait()
		probe.Equal(t, 3, "the connection is closed", h.conn != nil && h.conn.closed, true)
	})
}

// A server that says nothing more, and ctx that ends after five seconds.
func TestSilence(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(5*time.Second, cancel)
		h := &host{pieces: []string{"HTTP/1.0 200 OK\r\n\r\nhel"}, silent: true}
		var err error
		took := probe.Elapsed(func() { _, err = rawget.Get(ctx, h.dial, "http://bla.com/") })
		probe.Equal(t, 3, "time of Get with ctx cancelled after 5 s", took, 5*time.Second)
		probe.Equal(t, 3, "error of Get with ctx cancelled after 5 s", probe.ErrorName(err), "context.Canceled")
	})
}
