// Package io has the names and behaviour of the standard io. Rewritten code imports it
// in that package's place.
//
// The standard Pipe holds a lock of its own while a Write waits for its reader. Another
// Write waits for that lock, of which no exploration and no bubble knows: virtual time
// stands still meanwhile. Here that lock is one that they know. All else is the standard
// package's own.
package io

import (
	"io"

	"gorutinas/exercises/internal/explore/sync"
)

// The whence of [Seeker].
const (
	SeekStart   = io.SeekStart
	SeekCurrent = io.SeekCurrent
	SeekEnd     = io.SeekEnd
)

// The errors of package io, and the writer that writes nowhere.
var (
	EOF              = io.EOF
	ErrClosedPipe    = io.ErrClosedPipe
	ErrNoProgress    = io.ErrNoProgress
	ErrShortBuffer   = io.ErrShortBuffer
	ErrShortWrite    = io.ErrShortWrite
	ErrUnexpectedEOF = io.ErrUnexpectedEOF
	Discard          = io.Discard
)

// The functions of package io.
var (
	Copy             = io.Copy
	CopyBuffer       = io.CopyBuffer
	CopyN            = io.CopyN
	LimitReader      = io.LimitReader
	MultiReader      = io.MultiReader
	MultiWriter      = io.MultiWriter
	NewOffsetWriter  = io.NewOffsetWriter
	NewSectionReader = io.NewSectionReader
	NopCloser        = io.NopCloser
	ReadAll          = io.ReadAll
	ReadAtLeast      = io.ReadAtLeast
	ReadFull         = io.ReadFull
	TeeReader        = io.TeeReader
	WriteString      = io.WriteString
)

// The types of package io.
type (
	ByteReader      = io.ByteReader
	ByteScanner     = io.ByteScanner
	ByteWriter      = io.ByteWriter
	Closer          = io.Closer
	LimitedReader   = io.LimitedReader
	OffsetWriter    = io.OffsetWriter
	PipeReader      = io.PipeReader
	ReadCloser      = io.ReadCloser
	ReadSeekCloser  = io.ReadSeekCloser
	ReadSeeker      = io.ReadSeeker
	ReadWriteCloser = io.ReadWriteCloser
	ReadWriteSeeker = io.ReadWriteSeeker
	ReadWriter      = io.ReadWriter
	Reader          = io.Reader
	ReaderAt        = io.ReaderAt
	ReaderFrom      = io.ReaderFrom
	RuneReader      = io.RuneReader
	RuneScanner     = io.RuneScanner
	SectionReader   = io.SectionReader
	Seeker          = io.Seeker
	StringWriter    = io.StringWriter
	WriteCloser     = io.WriteCloser
	WriteSeeker     = io.WriteSeeker
	Writer          = io.Writer
	WriterAt        = io.WriterAt
	WriterTo        = io.WriterTo
)

// PipeWriter behaves as [io.PipeWriter].
type PipeWriter struct {
	mu  sync.Mutex // held while std writes
	std *io.PipeWriter
}

// Pipe behaves as [io.Pipe].
func Pipe() (*PipeReader, *PipeWriter) {
	r, w := io.Pipe()
	return r, &PipeWriter{std: w}
}

// Write behaves as [io.PipeWriter.Write].
func (w *PipeWriter) Write(data []byte) (n int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.std.Write(data)
}

// Close behaves as [io.PipeWriter.Close].
func (w *PipeWriter) Close() error { return w.std.Close() }

// CloseWithError behaves as [io.PipeWriter.CloseWithError].
func (w *PipeWriter) CloseWithError(err error) error { return w.std.CloseWithError(err) }
