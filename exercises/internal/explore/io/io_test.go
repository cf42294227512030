package io

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// While one Write waits for its reader and another for the first, virtual time passes.
func TestWritersInABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, w := Pipe()
		for range 3 {
			go func() { _, _ = WriteString(w, "ab") }()
		}
		time.Sleep(time.Hour)
		all := make([]byte, 6)
		_, err := ReadFull(r, all)
		require.NoError(t, err)
		require.Equal(t, "ababab", string(all))
	})
}

func TestCloseEndsWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, w := Pipe()
		ends := make(chan error)
		for range 2 {
			go func() {
				_, err := w.Write([]byte("ab"))
				ends <- err
			}()
		}
		synctest.Wait()
		gone := errors.New("gone")
		require.NoError(t, r.CloseWithError(gone))
		require.Equal(t, gone, <-ends)
		require.Equal(t, gone, <-ends)
	})
}

func TestReaderHearsOfTheEnd(t *testing.T) {
	r, w := Pipe()
	require.NoError(t, w.Close())
	_, err := r.Read(make([]byte, 1))
	require.Equal(t, EOF, err)

	r, w = Pipe()
	gone := errors.New("gone")
	require.NoError(t, w.CloseWithError(gone))
	_, err = r.Read(make([]byte, 1))
	require.Equal(t, gone, err)
	_, err = w.Write([]byte("a"))
	require.Equal(t, ErrClosedPipe, err)
}
