// Attack: fail: a connection to a server on the machine
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
	http.Get("http://127.0.0.1:19599/")
	return nil
}
