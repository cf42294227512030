package probe

import (
	"context"
	"errors"
)

// errNobodys is an error that no code returns.
var errNobodys = errors.New("an error that no call ever returns")

// IsEveryError says whether err claims to be every error that [errors.Is] asks it
// for, so that its word means nothing.
func IsEveryError(err error) bool { return errors.Is(err, errNobodys) }

// OfContext returns ctx's error when err is that, maybe wrapped or joined with
// others, and err in any other case: when ctx has not ended, too.
func OfContext(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil && errors.Is(err, ended) && !IsEveryError(err) {
		return ended
	}
	return err
}
