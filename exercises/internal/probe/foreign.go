package probe

import "context"

// Foreign returns ctx in a type that package context does not know. A context
// derived from it is followed by a goroutine until it is cancelled, so that a
// cancel that is never called shows as a leak.
func Foreign(ctx context.Context) context.Context { return foreign{ctx} }

type foreign struct{ context.Context }

// Value hides what package context looks up to find its own: it asks with a
// pointer to an int.
func (f foreign) Value(key any) any {
	if _, internal := key.(*int); internal {
		return nil
	}
	return f.Context.Value(key)
}
