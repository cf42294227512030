// Package message puts what the grader found into words for a student, in
// English or Spanish. A result stores a code and its arguments; the sentence is
// made from them when somebody reads it, in the reader's language.
package message

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Spanish is the language that is not English. Any other lang means English.
const Spanish = "es"

// sentence is one code's sentence in both languages. Its arguments' names stand
// in braces; what begins with an argument keeps that argument's first letter,
// anything else begins with a capital once rendered.
type sentence struct {
	args   []string
	en, es string
}

// Render returns the sentence for code filled with args, on one line. A code
// that is unknown, or has fewer arguments than its sentence needs, gives the
// arguments themselves, so that nothing found is ever lost. The code word.KEY
// gives [Word] of KEY.
func Render(lang, code string, args []string) string {
	if key, ok := strings.CutPrefix(code, "word."); ok {
		return Word(lang, key)
	}
	s, ok := lookup(code, args)
	if !ok || len(args) < len(s.args) {
		return fallback(code, args)
	}
	return s.fill(lang, args)
}

// Known reports whether code has a sentence of its own.
func Known(code string) bool {
	_, ok := lookup(code, nil)
	return ok
}

// lookup finds the sentence of code, in the variant that reads best for args.
func lookup(code string, args []string) (sentence, bool) {
	if plain, ok := strings.CutPrefix(code, Explored); ok {
		s, ok := lookup(plain, args)
		return s.inSchedule(), ok
	}
	if v, ok := sentences[code+variant(args)]; ok {
		return v, true
	}
	s, ok := sentences[code]
	return s, ok
}

// variant names the special case that args are: one goroutine, or twice the
// same line. Most sentences have no variants.
func variant(args []string) string {
	switch n := len(args); {
	case n == 0:
		return "/none"
	case args[0] == "1":
		return "/one"
	case n > 1 && args[n-1] == args[n-2]:
		return "/same"
	}
	return ""
}

func (s sentence) in(lang string) string {
	if lang == Spanish {
		return s.es
	}
	return s.en
}

// fill replaces the names in braces in one pass: an argument that itself holds
// braces stays as it is.
func (s sentence) fill(lang string, args []string) string {
	pairs := make([]string, 0, 2*len(s.args))
	for i, name := range s.args {
		pairs = append(pairs, "{"+name+"}", argument(lang, name, args[i]))
	}
	return strings.NewReplacer(pairs...).Replace(capitalise(s.in(lang)))
}

// argument returns value fit for the middle of a sentence.
func argument(lang, name, value string) string {
	if value = oneLine(value); value != "" {
		return value
	}
	switch {
	case name == "got" || name == "want" || name == "value":
		return `""`
	case lang == Spanish:
		return "(desconocido)"
	}
	return "(unknown)"
}

func fallback(code string, args []string) string {
	if text := oneLine(strings.Join(args, ", ")); text != "" {
		return text
	}
	return code
}

// longest is how many characters of one argument a sentence shows: a student's
// value can be a megabyte.
const longest = 240

// oneLine returns s with every run of white space as one space, and cut.
func oneLine(s string) string {
	if len(s) > 8*longest { // enough for what is kept, whatever the encoding
		s = s[:8*longest]
	}
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "\uFFFD")), " ")
	if utf8.RuneCountInString(s) <= longest {
		return s
	}
	return string([]rune(s)[:longest-1]) + "…"
}

func capitalise(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
