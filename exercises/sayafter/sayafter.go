// Package sayafter says lines after a while: in turn, or each at its own moment
// from a common start.
package sayafter

import (
	"context"
	"time"
)

// Line is a text and how long to wait before it is said.
type Line struct {
	After time.Duration
	Text  string
}

// InTurn waits a line's After, says its Text, and only then turns to the next
// line: it takes the sum of the delays. It returns nil when all is said.
//
// When ctx is done, before, between or during says, nothing more is said and
// InTurn returns ctx's error: at once, or when the say that is running returns.
// That holds for the last line and for no lines too. InTurn panics when say is
// nil.
func InTurn(ctx context.Context, lines []Line, say func(string)) error {
	return nil
}

// AtOnce starts every wait at the same moment, so that it takes the longest of
// the delays. It says the lines in order of After, equal ones in any order,
// never two at the same time and none after it has returned. It leaves lines as
// it is.
//
// When ctx is done, AtOnce does as InTurn does, and no goroutine stays. AtOnce
// panics when say is nil.
func AtOnce(ctx context.Context, lines []Line, say func(string)) error {
	return nil
}
