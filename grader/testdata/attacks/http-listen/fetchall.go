// Attack: fail|deadlock: a server that stays
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
	go http.ListenAndServe("127.0.0.1:45998", nil)
	return nil
}
