// Attack: rejected: files of the machine through net/http
package fetchall

import (
	"context"
	"fmt"
	"net/http"
)

type Page struct {
	URL    string
	Status int
	Body   []byte
	Err    error
}

func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	f, err := http.Dir("/").Open("/etc/passwd")
	fmt.Println(f, err)
	c := &http.Client{Transport: http.NewFileTransport(http.Dir("/"))}
	r, err := c.Get("file:///etc/passwd")
	if err == nil {
		fmt.Println("status", r.StatusCode)
	}
	return nil
}
