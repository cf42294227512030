package message

import "strings"

// Flag kinds: what an instructor should look at in a submission.
const (
	Forged       = "forged"       // its output imitates that of passing tests
	Inconclusive = "inconclusive" // no schedule of an exploration was conclusive
	Edited       = "edited"       // the kit's own tests were changed
)

var flags = map[string][2]string{
	Forged:       {"forged output in ", "salida falsificada en "},
	Inconclusive: {"inconclusive exploration in ", "exploración no concluyente en "},
	Edited:       {"edited tests in ", "pruebas modificadas en "},
}

// Flag returns the flag of a kind for an exercise as results.json stores it.
func Flag(kind, exercise string) string { return flags[kind][0] + exercise }

// FlagIn returns a stored flag in the reader's language. One that is not
// [Flag]'s is a sentence like those of [Problem].
func FlagIn(lang, flag string) string {
	if lang != Spanish {
		return flag
	}
	for _, f := range flags {
		if exercise, ok := strings.CutPrefix(flag, f[0]); ok {
			return f[1] + exercise
		}
	}
	return Problem(lang, flag)
}
