package probe

import (
	"errors"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRecovered(t *testing.T) {
	value := new(int)
	require.Nil(t, Recovered(func() {}))
	require.Same(t, value, Recovered(func() { panic(value) }))
	require.ErrorAs(t, Recovered(func() { panic(nil) }).(error), new(*runtime.PanicNilError))
}

func TestWantPanic(t *testing.T) {
	defer func(before record) { done = before }(done)
	for _, c := range []struct {
		does string
		f    func()
		got  string // "" when it is content
	}{
		{"panics with a text", func() { panic("New: no function") }, ""},
		{"panics with an error", func() { panic(errors.New("no function")) }, ""},
		{"panics with a nil error's type", func() { panic((*muteError)(nil)) }, ""},
		{"returns", func() {}, "no panic"},
		{"calls nil", (func())(nil), "Go's own runtime error"},
		{"panics with nil", func() { panic(nil) }, "Go's own runtime error"},
		{"ends its goroutine", runtime.Goexit, "no panic"},
	} {
		done = record{}
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			WantPanic(deaf{t}, 5, "New(nil)", c.f)
		}()
		<-ended
		var want []Finding
		if c.got != "" {
			want = []Finding{{
				Verdict: "fail", Code: "fail.got_want",
				Args: []string{"5", "New(nil)", c.got, "a panic with a message that says what is wrong"},
			}}
		}
		require.Equal(t, want, done.Findings, c.does)
	}
}

// muteError is an error whose nil has no text.
type muteError struct{ text string }

func (e *muteError) Error() string { return e.text }
