package sync

// outcome is how the one call of a function ended.
type outcome struct {
	once     Once
	returned bool
	panicked any
}

// call calls f the first time, and panics every time if f did.
func (o *outcome) call(f func()) {
	o.once.Do(func() { o.run(f) })
	if !o.returned {
		panic(o.panicked)
	}
}

// run keeps a panic's value and lets the panic go on, so that the first caller
// sees where it came from.
func (o *outcome) run(f func()) {
	defer func() {
		if o.returned {
			return
		}
		o.panicked = recover()
		panic(o.panicked)
	}()
	f()
	o.returned = true
}

// taken empties f, so that what it holds is not kept alive after the call.
func taken[F any](f *F) F {
	var none F
	g := *f
	*f = none
	return g
}

// OnceFunc is [sync.OnceFunc].
func OnceFunc(f func()) func() {
	o := &struct {
		outcome
		f func()
	}{f: f}
	return func() {
		o.call(func() { taken(&o.f)() })
	}
}

// OnceValue is [sync.OnceValue].
func OnceValue[T any](f func() T) func() T {
	o := &struct {
		outcome
		f func() T
		v T
	}{f: f}
	return func() T {
		o.call(func() { o.v = taken(&o.f)() })
		return o.v
	}
}

// OnceValues is [sync.OnceValues].
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	o := &struct {
		outcome
		f  func() (T1, T2)
		v1 T1
		v2 T2
	}{f: f}
	return func() (T1, T2) {
		o.call(func() { o.v1, o.v2 = taken(&o.f)() })
		return o.v1, o.v2
	}
}
