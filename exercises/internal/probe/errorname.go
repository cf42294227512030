package probe

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Named is an error that a test knows, under the name that its failures call it by.
type Named struct {
	Name  string
	Err   error // nil is no error
	Alone bool  // named only where it comes alone, as the cause of a context's end
}

// ofContexts are the errors that every test knows.
var ofContexts = []Named{
	{Name: "context.Canceled", Err: context.Canceled},
	{Name: "context.DeadlineExceeded", Err: context.DeadlineExceeded},
}

// ErrorName is what failures call err: "nil", or the name of the first of known that
// [errors.Is] finds in it, or else of a context's errors. One in which it finds none is
// described, and what %v has made of an error is told from what %w would have.
func ErrorName(err error, known ...Named) string { return names(err, known)[0] }

// CtxError is what failures call the error that a call must return because of ctx: once
// that has ended, with its name.
func CtxError(ctx context.Context) string {
	if ctx.Err() == nil {
		return "ctx's error"
	}
	return "ctx's error, which is " + ErrorName(ctx.Err())
}

// ErrorNames is [ErrorName] with all the names that err has, joined by "and": for a
// call whose error must be one and no other.
func ErrorNames(err error, known ...Named) string { return strings.Join(names(err, known), " and ") }

func names(err error, known []Named) []string {
	switch {
	case err == nil:
		return []string{"nil"}
	case IsEveryError(err):
		return []string{"an error that claims to be every error"}
	}
	var found, alone []string
	known = slices.Concat(known, ofContexts)
	for _, k := range known {
		switch {
		case k.Err == nil || !errors.Is(err, k.Err):
		case k.Alone:
			alone = append(alone, k.Name)
		default:
			found = append(found, k.Name)
		}
	}
	switch {
	case found != nil:
		return found
	case alone != nil:
		return alone
	}
	return []string{description(err, known)}
}

// description describes an error that is none of known. Package fmt survives an Error
// method that panics.
func description(err error, known []Named) string {
	text := fmt.Sprint(err)
	for _, k := range known {
		says := fmt.Sprint(k.Err)
		if k.Err != nil && !k.Alone && says != "" && strings.Contains(text, says) {
			return "an error that only reads like " + k.Name + " (return that itself, or wrap it with %w)"
		}
	}
	return fmt.Sprintf("another error, %q", text)
}
