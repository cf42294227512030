// Package rawget sends a GET by hand, over a plain connection, and reads what
// comes back.
package rawget

import (
	"context"
	"net"
	"net/textproto"
)

// Response is a reply, read to its end.
type Response struct {
	Status int
	Header textproto.MIMEHeader
	Body   []byte
}

// Dial opens a connection to address. The DialContext of a [net.Dialer] is one.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// Get dials the host of rawURL, an http URL, sends it a GET in HTTP/1.0 with a
// Host line and nothing else, and reads until the connection ends.
//
// A reply without a header that ends, with a status line or a Content-Length
// that makes no sense, or with a body shorter than its Content-Length
// (io.ErrUnexpectedEOF) is an error, and so is a read error other than io.EOF.
// When ctx is done Get returns its error at once, whatever hangs. The
// connection is closed in every case. Get panics when dial is nil.
func Get(ctx context.Context, dial Dial, rawURL string) (*Response, error) {
	return nil, nil
}
