package probe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
)

// badError has an Error method that cannot be called.
type badError struct{}

func (*badError) Error() string { panic("no text") }

func TestErrorName(t *testing.T) {
	closed, cause := errors.New("the pool is closed"), errors.New("the reader left")
	known := []Named{{Name: "ErrClosed", Err: closed}, {Name: "ErrNone"}, {Name: "the cause", Err: cause, Alone: true}}
	for _, c := range []struct {
		err        error
		one, names string // names is as one where it is empty
	}{
		{err: nil, one: "nil"},
		{err: closed, one: "ErrClosed"},
		{err: fmt.Errorf("get: %w", closed), one: "ErrClosed"},
		{err: context.Canceled, one: "context.Canceled"},
		{err: errors.Join(context.DeadlineExceeded, closed), one: "ErrClosed", names: "ErrClosed and context.DeadlineExceeded"},
		{err: cause, one: "the cause"},
		{err: errors.Join(cause, context.Canceled), one: "context.Canceled"},
		{err: everyError{closed}, one: "an error that claims to be every error"},
		{err: io.EOF, one: `another error, "EOF"`},
		{err: fmt.Errorf("get: %v", closed), one: `an error that only reads like ErrClosed (return that itself, or wrap it with %w)`},
		{err: fmt.Errorf("get: %v", cause), one: `another error, "get: the reader left"`},
		{err: &badError{}, one: `another error, "%!v(PANIC=Error method: no text)"`},
		{err: (*badError)(nil), one: `another error, "<nil>"`},
	} {
		require.Equal(t, c.one, ErrorName(c.err, known...))
		if c.names == "" {
			c.names = c.one
		}
		require.Equal(t, c.names, ErrorNames(c.err, known...))
	}
}
