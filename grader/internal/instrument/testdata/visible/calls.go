// Package calls has calls with accesses that the race detector does not see.
package calls

import (
	"bufio"
	"bytes"
	"maps"
	"slices"
	"strconv"
)

// claim says that it has filled what it is given.
type claim struct{}

func (claim) Read(b []byte) (int, error) { return len(b), nil }

// Pair returns a call, and one that must not run beside it.
type Pair func() (call, look func())

// Pairs by what is called. What the first of a pair writes at the end of a
// slice, the second reads; what it reads of a map, the second writes.
var Pairs = map[string]Pair{
	"bufio.NewScanner": reads(func(b []byte) {
		s := bufio.NewScanner(claim{})
		s.Buffer(b, len(b))
		s.Scan()
	}),
	"bufio.ScanLines":    reads(func(b []byte) { bufio.ScanLines(b, false) }),
	"bytes.ContainsAny":  reads(func(b []byte) { bytes.ContainsAny(b, "d") }),
	"bytes.ContainsRune": reads(func(b []byte) { bytes.ContainsRune(b, 'd') }),
	"bytes.Cut":          reads(func(b []byte) { bytes.Cut(b, []byte("d")) }),
	"bytes.IndexAny":     reads(func(b []byte) { bytes.IndexAny(b, "d") }),
	"bytes.IndexRune":    reads(func(b []byte) { bytes.IndexRune(b, 'é') }),
	"bytes.Lines": reads(func(b []byte) {
		for range bytes.Lines(b) {
		}
	}),
	"bytes.Split":       reads(func(b []byte) { bytes.Split(b, []byte("b")) }),
	"bytes.SplitAfter":  reads(func(b []byte) { bytes.SplitAfter(b, []byte("b")) }),
	"bytes.SplitAfterN": reads(func(b []byte) { bytes.SplitAfterN(b, []byte("b"), 3) }),
	"bytes.SplitAfterSeq": reads(func(b []byte) {
		for range bytes.SplitAfterSeq(b, []byte("d")) {
		}
	}),
	"bytes.SplitN": reads(func(b []byte) { bytes.SplitN(b, []byte("b"), 3) }),
	"bytes.SplitSeq": reads(func(b []byte) {
		for range bytes.SplitSeq(b, []byte("d")) {
		}
	}),
	"bytes.Split, at what":      reads(func(b []byte) { bytes.Split([]byte("xabcx"), b) }),
	"bytes.SplitAfter, at what": reads(func(b []byte) { bytes.SplitAfter([]byte("xabcx"), b) }),
	"bytes.SplitAfterSeq, at what": reads(func(b []byte) {
		for range bytes.SplitAfterSeq([]byte("xabcx"), b) {
		}
	}),
	"bytes.Compare":       reads(func(b []byte) { bytes.Compare(b, []byte("abd")) }),
	"bytes.Contains":      reads(func(b []byte) { bytes.Contains(b, []byte("d")) }),
	"bytes.Count":         reads(func(b []byte) { bytes.Count(b, []byte("c")) }),
	"bytes.Index":         reads(func(b []byte) { bytes.Index(b, []byte("bd")) }),
	"bytes.IndexByte":     reads(func(b []byte) { bytes.IndexByte(b, 'd') }),
	"clear":               of(func(s []any) { clear(s[2:]) }),
	"clear, generic":      of(func(s []any) { reset(s[2:]) }),
	"slices.Compact":      of(func(s []any) { slices.Compact(s) }),
	"slices.CompactFunc":  of(func(s []any) { slices.CompactFunc(s, func(a, b any) bool { return a == b }) }),
	"slices.Delete":       of(func(s []any) { slices.Delete(s, 0, 1) }),
	"slices.DeleteFunc":   of(func(s []any) { slices.DeleteFunc(s, func(a any) bool { return a == nil }) }),
	"slices.Replace":      of(func(s []any) { slices.Replace(s, 0, 2, any(7)) }),
	"strconv.AppendBool":  writes(func(b []byte) { strconv.AppendBool(b, true) }),
	"strconv.AppendFloat": writes(func(b []byte) { strconv.AppendFloat(b, 7, 'f', 0, 64) }),
	"strconv.AppendInt":   writes(func(b []byte) { strconv.AppendInt(b, 7, 10) }),
	"strconv.AppendUint":  writes(func(b []byte) { strconv.AppendUint(b, 7, 10) }),
	"maps.Clone": func() (call, look func()) {
		m := map[int]any{1: 1}
		return func() { maps.Clone(m) }, func() { m[1] = 2 }
	},
}

func of(change func([]any)) Pair {
	return func() (call, look func()) {
		s := make([]any, 3)
		return func() { change(s) }, func() { _ = s[2] }
	}
}

func writes(change func([]byte)) Pair {
	return func() (call, look func()) {
		b := make([]byte, 64)
		return func() { change(b[:2]) }, func() { _ = b[2] }
	}
}

func reads(look func([]byte)) Pair {
	return func() (call, change func()) {
		b := append(make([]byte, 0, 64), "abc"...) // no tiny object: what else is allocated beside those clears the detector's memory
		return func() { look(b) }, func() { b[2]++ }
	}
}

func reset[T []any | map[int]any](x T) { clear(x) }
