// Attack: rejected|build_failed: types that nest until the type checker gives up
package balance

type T[A, B any] struct{ a A; b B }

func F[A any](n int) { if n > 0 { F[T[A, A]](n - 1) } }

func init() { F[int](1 << 20) }
