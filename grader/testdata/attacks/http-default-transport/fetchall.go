// Attack: rejected: another transport for everyone
package fetchall

import (
	"context"
	"net/http"
)

type Page struct {
	URL    string
	Status int
	Body   []byte
	Err    error
}

func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	http.DefaultTransport = nil
	return nil
}
