// Package ratelimit keeps a program that sends thousands of requests from
// sending more of them an hour than it may.
package ratelimit

import "context"

// Limiter is a bucket of tokens, one for each request. Its methods may be called
// from any number of goroutines at the same time.
type Limiter struct {
	// Your fields.
}

// New returns a limiter whose bucket is full: it holds burst tokens, is refilled
// continuously at perSecond tokens a second, and never holds more than burst.
// New starts no goroutine. It panics when perSecond is not positive, or not a
// number, or when burst < 1.
func New(perSecond float64, burst int) *Limiter {
	return nil
}

// Allow takes a token that is there and that nobody in line is due, and says
// whether there was one. It does not wait, neither for a token nor for those who
// wait for one.
func (l *Limiter) Allow() bool {
	return false
}

// Wait takes a token as soon as there is one. Those who wait stand in line, in
// order of arrival.
//
// When ctx is done, before or while it waits, Wait takes no token and returns
// ctx's error at once. When ctx has a deadline that comes before the token is
// due, those ahead in line counted, it returns an error that is
// context.DeadlineExceeded, at once. When one leaves the line without a token,
// all behind move up. No goroutine is left when nobody waits.
func (l *Limiter) Wait(ctx context.Context) error {
	return nil
}
