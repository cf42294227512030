package instrument

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// edits are changes to a source by byte offset. They are made from the inside
// of the syntax tree outwards, which decides the order of those at one offset.
type edits struct {
	src   []byte
	list  []edit
	since int // where in list the edits within the node at hand begin
	made  int
}

type edit struct {
	lo, hi int // what is replaced; nothing when equal
	rank   int // at one offset: what closes, then what opens, then what replaces
	seq    int // within a rank; an outer node closes later and opens earlier
	text   string
}

const (
	closes = iota
	opens
	replaces
)

// before inserts text in front of the node that begins at offset at.
func (e *edits) before(at int, text string) { e.add(at, at, opens, text) }

// after inserts text behind the node that ends at offset at.
func (e *edits) after(at int, text string) { e.add(at, at, closes, text) }

// replace puts text in the place of the bytes from lo to hi. Edits in there must
// have been taken.
func (e *edits) replace(lo, hi int, text string) { e.add(lo, hi, replaces, text) }

func (e *edits) add(lo, hi, rank int, text string) {
	e.made++
	seq := e.made
	if rank == opens {
		seq = -seq
	}
	e.list = append(e.list, edit{lo, hi, rank, seq, text})
}

// take returns the bytes from lo to hi, which are within the node at hand, as
// edited so far, and forgets those edits.
func (e *edits) take(lo, hi int) string {
	var inside []edit
	rest := e.list[:e.since]
	for _, x := range e.list[e.since:] {
		if lo <= x.lo && x.hi <= hi {
			inside = append(inside, x)
		} else {
			rest = append(rest, x)
		}
	}
	e.list = rest
	return render(e.src, lo, hi, inside)
}

func render(src []byte, lo, hi int, list []edit) string {
	slices.SortFunc(list, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.lo, b.lo), cmp.Compare(a.rank, b.rank), cmp.Compare(a.seq, b.seq))
	})
	var b strings.Builder
	last := byte(' ')
	write := func(text string) {
		if text == "" {
			return
		}
		if isWord(last) && isWord(text[0]) {
			b.WriteByte(' ') // a keyword may end where brackets or an operator began
		}
		b.WriteString(text)
		last = text[len(text)-1]
	}
	for _, x := range list {
		write(string(src[lo:x.lo]))
		write(x.text)
		lo = x.hi
	}
	write(string(src[lo:hi]))
	return b.String()
}

// isWord says whether c may be a byte of a name, a keyword or a number.
func isWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf
}

// lineEnds returns the line ends among the bytes from lo to hi and nothing else.
func (e *edits) lineEnds(lo, hi int) string {
	var b strings.Builder
	for i := lo; i < hi; i++ {
		if e.src[i] == '\n' {
			if i > lo && e.src[i-1] == '\r' {
				b.WriteByte('\r')
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}
