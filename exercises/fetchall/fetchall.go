// Package fetchall fetches many pages over HTTP, a limited number of them at a
// time.
package fetchall

import (
	"context"
	"net/http"
)

// Page is what became of one URL. When Err is not nil, Status and Body mean
// nothing.
type Page struct {
	URL    string // as it was given
	Status int    // of the reply, 200 or any other
	Body   []byte // all of it
	Err    error
}

// FetchAll sends one GET through client for every element of urls, repeated ones
// too, and returns the pages in order of urls.
//
// A GET is in flight until its body has been read or has failed. At most limit
// are in flight at a time, and that many when there is work; a limit below 1
// means no limit.
//
// An error is that page's alone, and a status other than 200 is none. Every body
// is read whole and closed. When ctx is done FetchAll returns promptly, and the
// pages that are not finished, or were never started, have ctx's error.
func FetchAll(ctx context.Context, client *http.Client, urls []string, limit int) []Page {
	return nil
}
