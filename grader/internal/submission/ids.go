package submission

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// unique gives every ref an id fit for results and an error to those that share
// one. Where only one of these lies outermost, it keeps the id, and has no error:
// nobody can take another's by what is in the own folder or archive. Refs come in
// order of their ids.
func unique(refs []Ref) []Ref {
	for i := range refs {
		refs[i].identify()
	}
	slices.SortStableFunc(refs, byID)
	for start := 0; start < len(refs); {
		end := start + 1
		for end < len(refs) && refs[end].ID == refs[start].ID {
			end++
		}
		if end-start > 1 {
			share(refs[start:end])
		}
		start = end
	}
	slices.SortStableFunc(refs, byID)
	return refs
}

func byID(a, b Ref) int { return strings.Compare(a.ID, b.ID) }

// level is how deep in the class that lies which gave the id.
func (r Ref) level() int { return depth(r.Source) - r.named }

func share(refs []Ref) {
	slices.SortStableFunc(refs, func(a, b Ref) int { return a.level() - b.level() })
	first, second := refs[0].Source, refs[1].Source
	if first == second {
		first, second = refs[0].Path, refs[1].Path
	}
	outermost := refs[0].level() < refs[1].level()
	for i := range refs {
		if outermost && i == 0 {
			continue
		}
		refs[i].Err = fmt.Errorf("%d submissions have the id %q, among them %q and %q; rename all but one", len(refs), refs[i].ID, first, second)
		if outermost {
			refs[i].ID = escapeHidden(refs[i].Source)
		}
	}
}

// identify makes the id printable. Bytes that are not UTF-8 are some older
// system's letters; a line break or another control character is nobody's name.
func (r *Ref) identify() {
	r.Source = escapeInvalid(r.Source)
	raw := escapeInvalid(r.ID)
	r.ID = escapeHidden(raw)
	if r.ID != raw && r.Err == nil {
		r.Err = fmt.Errorf("the name %q holds characters that cannot be seen; rename it", raw)
	}
	if r.ID == "" && r.Err == nil {
		r.Err = fmt.Errorf("%q has no name before its extension; rename it", r.Source)
	}
}

// escapeHidden returns s with characters that cannot be seen in their Go
// notation.
func escapeHidden(s string) string {
	var b strings.Builder
	for _, c := range s {
		if unicode.Is(unicode.Cc, c) || unicode.Is(unicode.Bidi_Control, c) {
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(c), "'"))
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}
