// Accepted: the count lies in a channel; whoever has received it is alone with it.

package refcount

type Ref[T any] struct {
	value T
	free  func(T)
	count chan int // holds the count, or nothing while somebody works on it
}

func New[T any](value T, free func(T)) *Ref[T] {
	if free == nil {
		panic("refcount: nil free")
	}
	r := &Ref[T]{value: value, free: free, count: make(chan int, 1)}
	r.count <- 1
	return r
}

func (r *Ref[T]) Acquire() (value T, ok bool) {
	n := <-r.count
	if n > 0 {
		n, value, ok = n+1, r.value, true
	}
	r.count <- n
	return value, ok
}

func (r *Ref[T]) Release() {
	n := <-r.count
	r.count <- max(n-1, 0)
	switch n {
	case 0:
		panic("refcount: Release at 0")
	case 1:
		r.free(r.value)
	}
}

func (r *Ref[T]) Count() int {
	n := <-r.count
	r.count <- n
	return n
}
