// Rejected: TestNoDataRaces race: nothing guards the count.

package refcount

type Ref[T any] struct {
	value T
	free  func(T)
	count int
}

func New[T any](value T, free func(T)) *Ref[T] {
	if free == nil {
		panic("refcount: nil free")
	}
	return &Ref[T]{value: value, free: free, count: 1}
}

func (r *Ref[T]) Acquire() (T, bool) {
	if r.count == 0 {
		var none T
		return none, false
	}
	r.count++
	return r.value, true
}

func (r *Ref[T]) Release() {
	if r.count == 0 {
		panic("refcount: Release at 0")
	}
	r.count--
	last := r.count == 0
	if last {
		r.free(r.value)
	}
}

func (r *Ref[T]) Count() int {
	return r.count
}
