package point

import (
	"bufio"
	"bytes"
	"io"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"unsafe"

	"gorutinas/exercises/internal/detector"
)

// The race detector does not see all that the runtime does: neither what
// maps.Clone reads nor what the built-in clear writes to a slice, which some
// functions of package slices call for the elements that they give up. Nor does it
// see what assembly reads, to which package bytes leaves its searches. Rewritten
// code calls these in their place. Accesses that could tear a value are stated before
// they are made, so that a race ends the process first; a search of bytes is stated
// afterwards, when it is known how far it went.

// CloneMap is [maps.Clone].
func CloneMap[M ~map[K]V, K comparable, V any](m M) M {
	for range m { // is seen
		break
	}
	return maps.Clone(m)
}

// Clear is clear of a slice.
func Clear[S ~[]E, E any](s S) {
	writes(s)
	clear(s)
}

// ClearAny is clear in a generic function, of a slice or of a map.
func ClearAny[T any](x T) {
	v := reflect.ValueOf(x)
	if v.Kind() == reflect.Slice {
		detector.WriteRange(v.UnsafePointer(), v.Len()*int(v.Type().Elem().Size()))
	}
	v.Clear()
}

// Delete is [slices.Delete].
func Delete[S ~[]E, E any](s S, i, j int) S {
	_ = s[i:j:len(s)]
	writes(s[len(s)-(j-i):])
	return slices.Delete(s, i, j)
}

// Replace is [slices.Replace].
func Replace[S ~[]E, E any](s S, i, j int, v ...E) S {
	if shorter := len(s) - len(s[i:j]) + len(v); shorter < len(s) {
		writes(s[shorter:])
	}
	return slices.Replace(s, i, j, v...)
}

// DeleteFunc is [slices.DeleteFunc].
func DeleteFunc[S ~[]E, E any](s S, del func(E) bool) S {
	return keep(s, func(i int) bool { return !del(s[i]) })
}

// Compact is [slices.Compact].
func Compact[S ~[]E, E comparable](s S) S {
	return keep(s, func(i int) bool { return i == 0 || s[i] != s[i-1] })
}

// CompactFunc is [slices.CompactFunc].
func CompactFunc[S ~[]E, E any](s S, eq func(E, E) bool) S {
	return keep(s, func(i int) bool { return i == 0 || !eq(s[i], s[i-1]) })
}

// keep moves the elements that are wanted to the front of s and clears the rest.
// wanted is called once for each index, in order, while s still has what it had
// at that index and the one before.
func keep[S ~[]E, E any](s S, wanted func(i int) bool) S {
	kept := 0
	for i := range s {
		if !wanted(i) {
			continue
		}
		if kept < i {
			s[kept] = s[i]
		}
		kept++
	}
	Clear(s[kept:])
	return s[:kept]
}

// writes states a write of all elements of s.
func writes[S ~[]E, E any](s S) {
	var e E
	detector.WriteRange(unsafe.Pointer(unsafe.SliceData(s)), len(s)*int(unsafe.Sizeof(e)))
}

// CompareBytes is [bytes.Compare].
func CompareBytes(a, b []byte) int {
	n := min(len(a), len(b))
	reads(a[:n])
	reads(b[:n])
	return bytes.Compare(a, b)
}

// ContainsBytes is [bytes.Contains].
func ContainsBytes(b, sep []byte) bool { return IndexBytes(b, sep) >= 0 }

// CountBytes is [bytes.Count].
func CountBytes(s, sep []byte) int {
	reads(s)
	reads(sep)
	return bytes.Count(s, sep)
}

// IndexBytes is [bytes.Index].
func IndexBytes(s, sep []byte) int {
	reads(sep)
	return found(s, bytes.Index(s, sep), len(sep))
}

// IndexByte is [bytes.IndexByte].
func IndexByte(b []byte, c byte) int { return found(b, bytes.IndexByte(b, c), 1) }

// IndexRune is [bytes.IndexRune].
func IndexRune(b []byte, r rune) int { return found(b, bytes.IndexRune(b, r), 1) }

// IndexAny is [bytes.IndexAny].
func IndexAny(b []byte, chars string) int { return found(b, bytes.IndexAny(b, chars), 1) }

// ContainsRune is [bytes.ContainsRune].
func ContainsRune(b []byte, r rune) bool { return IndexRune(b, r) >= 0 }

// ContainsAny is [bytes.ContainsAny].
func ContainsAny(b []byte, chars string) bool { return IndexAny(b, chars) >= 0 }

// CutBytes is [bytes.Cut].
func CutBytes(s, sep []byte) (before, after []byte, ok bool) {
	IndexBytes(s, sep)
	return bytes.Cut(s, sep)
}

// SplitBytes is [bytes.Split].
func SplitBytes(s, sep []byte) [][]byte { return SplitBytesN(s, sep, -1) }

// SplitBytesN is [bytes.SplitN].
func SplitBytesN(s, sep []byte, n int) [][]byte {
	return searched(s, sep, n, bytes.SplitN(s, sep, n))
}

// SplitBytesAfter is [bytes.SplitAfter].
func SplitBytesAfter(s, sep []byte) [][]byte { return SplitBytesAfterN(s, sep, -1) }

// SplitBytesAfterN is [bytes.SplitAfterN].
func SplitBytesAfterN(s, sep []byte, n int) [][]byte {
	return searched(s, sep, n, bytes.SplitAfterN(s, sep, n))
}

// searched states the reads of a search for the pieces of s between seps, and returns
// them. In the last one of n pieces nothing was looked for.
func searched(s, sep []byte, n int, pieces [][]byte) [][]byte {
	if last := len(pieces) - 1; last >= 0 && last == n-1 {
		s = s[:len(s)-len(pieces[last])]
	}
	if len(pieces) > 0 {
		reads(s)
		reads(sep)
	}
	return pieces
}

// SplitBytesSeq is [bytes.SplitSeq].
func SplitBytesSeq(s, sep []byte) iter.Seq[[]byte] {
	if len(sep) == 0 {
		return bytes.SplitSeq(s, sep) // takes runes, which is seen
	}
	return func(yield func([]byte) bool) {
		for {
			piece, rest, more := CutBytes(s, sep)
			if !yield(slices.Clip(piece)) || !more {
				return
			}
			s = rest
		}
	}
}

// SplitBytesAfterSeq is [bytes.SplitAfterSeq].
func SplitBytesAfterSeq(s, sep []byte) iter.Seq[[]byte] {
	return seen(sep, bytes.SplitAfterSeq(s, sep))
}

// Lines is [bytes.Lines].
func Lines(s []byte) iter.Seq[[]byte] { return seen(nil, bytes.Lines(s)) }

// seen states that each piece, and sep, was read before the piece is yielded.
func seen(sep []byte, pieces iter.Seq[[]byte]) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for piece := range pieces {
			reads(piece)
			reads(sep)
			if !yield(piece) {
				return
			}
		}
	}
}

// NewScanner is [bufio.NewScanner].
func NewScanner(r io.Reader) *bufio.Scanner {
	s := bufio.NewScanner(r)
	s.Split(ScanLines)
	return s
}

// ScanLines is [bufio.ScanLines].
func ScanLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	IndexByte(data, '\n')
	return bufio.ScanLines(data, atEOF)
}

// AppendBool is [strconv.AppendBool].
func AppendBool(dst []byte, b bool) []byte { return append(dst, strconv.FormatBool(b)...) }

// AppendFloat is [strconv.AppendFloat].
func AppendFloat(dst []byte, f float64, format byte, precision, size int) []byte {
	return append(dst, strconv.FormatFloat(f, format, precision, size)...)
}

// AppendInt is [strconv.AppendInt].
func AppendInt(dst []byte, i int64, base int) []byte {
	return append(dst, strconv.FormatInt(i, base)...)
}

// AppendUint is [strconv.AppendUint].
func AppendUint(dst []byte, i uint64, base int) []byte {
	return append(dst, strconv.FormatUint(i, base)...)
}

// found states the reads of a search in b that has found n bytes at the index at,
// or nothing if that is negative, and returns at.
func found(b []byte, at, n int) int {
	if at >= 0 {
		b = b[:at+n]
	}
	reads(b)
	return at
}

func reads(b []byte) {
	detector.ReadRange(unsafe.Pointer(unsafe.SliceData(b)), len(b))
}
