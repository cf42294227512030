package probe

import "math/rand/v2"

// Shred cuts text into random pieces of 1 to longest bytes.
func Shred(r *rand.Rand, text string, longest int) (pieces []string) {
	for text != "" {
		n := min(len(text), 1+r.IntN(longest))
		pieces = append(pieces, text[:n])
		text = text[n:]
	}
	return pieces
}
