package point

import "context"

// What makes a context takes a lock within package context, and so does what ends
// it. Both yield first, however the candidate calls them: deferred, through a
// variable, as a func() of its own.

// WithCancel wraps [context.WithCancel].
func WithCancel(with func(context.Context) (context.Context, context.CancelFunc)) func(context.Context) (context.Context, context.CancelFunc) {
	return func(parent context.Context) (context.Context, context.CancelFunc) {
		At("context")
		ctx, cancel := with(parent)
		return ctx, yielding(cancel)
	}
}

// WithCancelCause wraps [context.WithCancelCause].
func WithCancelCause(with func(context.Context) (context.Context, context.CancelCauseFunc)) func(context.Context) (context.Context, context.CancelCauseFunc) {
	return func(parent context.Context) (context.Context, context.CancelCauseFunc) {
		At("context")
		ctx, cancel := with(parent)
		return ctx, func(cause error) {
			At("cancel")
			cancel(cause)
		}
	}
}

// WithLimit wraps [context.WithTimeout] and [context.WithDeadline].
func WithLimit[L any](with func(context.Context, L) (context.Context, context.CancelFunc)) func(context.Context, L) (context.Context, context.CancelFunc) {
	return func(parent context.Context, limit L) (context.Context, context.CancelFunc) {
		At("context")
		ctx, cancel := with(parent, limit)
		return ctx, yielding(cancel)
	}
}

// WithLimitCause wraps [context.WithTimeoutCause] and [context.WithDeadlineCause].
func WithLimitCause[L any](with func(context.Context, L, error) (context.Context, context.CancelFunc)) func(context.Context, L, error) (context.Context, context.CancelFunc) {
	return func(parent context.Context, limit L, cause error) (context.Context, context.CancelFunc) {
		At("context")
		ctx, cancel := with(parent, limit, cause)
		return ctx, yielding(cancel)
	}
}

func yielding(cancel context.CancelFunc) context.CancelFunc {
	return func() {
		At("cancel")
		cancel()
	}
}

// AfterContext wraps [context.AfterFunc], whose f runs on a goroutine of its own.
func AfterContext(after func(context.Context, func()) func() bool) func(context.Context, func()) func() bool {
	return func(ctx context.Context, f func()) func() bool {
		At("context")
		stop := after(ctx, Go(f))
		return func() bool {
			At("stop")
			return stop()
		}
	}
}
