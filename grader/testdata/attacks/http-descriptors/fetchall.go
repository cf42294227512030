// Attack: memory|fail: more servers than a process may have descriptors
package fetchall

import (
	"context"
	"net/http"
	"time"
)

type Page struct {
	URL    string
	Status int
	Body   []byte
	Err    error
}

func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	for range 1000 {
		go http.ListenAndServe("127.0.0.1:0", nil)
	}
	time.Sleep(time.Hour)
	return nil
}
