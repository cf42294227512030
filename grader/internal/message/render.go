// Package message puts what the grader found into words for a student, in
// English or Spanish. A result stores a code and its arguments; the sentence is
// made from them when somebody reads it, in the reader's language.
package message

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Spanish is the language that is not English. Any other lang means English.
const Spanish = "es"

// sentence is one code's sentence in both languages. Its arguments' names stand
// in braces; what begins with an argument keeps that argument's first letter, which
// may be code, unless that is an article's, and anything else begins with a capital
// once rendered.
type sentence struct {
	args   []string
	en, es string
}

// Render returns the sentence for code filled with args, on one line. A code
// that is unknown, or has fewer arguments than its sentence needs, gives the
// arguments themselves, so that nothing found is ever lost. The code word.KEY
// gives [Word] of KEY. What a test has said in its own words goes through say, unless
// that is nil.
func Render(lang, code string, args []string, say func(string) string) string {
	if key, ok := strings.CutPrefix(code, "word."); ok {
		return Word(lang, key)
	}
	s, ok := lookup(code, args)
	if !ok || len(args) < len(s.args) {
		return fallback(code, args)
	}
	return s.fill(lang, args, say)
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
func (s sentence) fill(lang string, args []string, say func(string) string) string {
	pairs := make([]string, 0, 2*len(s.args))
	for i, name := range s.args {
		value := args[i]
		if say != nil && slices.Contains(said, name) {
			value = say(value)
		}
		pairs = append(pairs, "{"+name+"}", argument(lang, name, value))
	}
	text := strings.NewReplacer(pairs...).Replace(capitalise(s.in(lang)))
	if first, _, _ := strings.Cut(text, " "); slices.Contains(articles, first) {
		return capitalise(text)
	}
	return text
}

// articles are words that begin no line of Go.
var articles = strings.Fields("the an el la lo los las un una")

// said are the arguments that a test has put into words.
var said = []string{"call", "got", "want", "text"}

// Said returns those of args that a test has put into words, other than what a
// candidate's code gave: that may be anything.
func Said(code string, args []string) (all []string) {
	s, _ := lookup(code, args)
	for i, name := range s.args[:min(len(s.args), len(args))] {
		if name != "got" && slices.Contains(said, name) {
			all = append(all, args[i])
		}
	}
	return all
}

// argument returns value fit for the middle of a sentence.
func argument(lang, name, value string) string {
	switch name {
	case "op":
		value = operation(lang, value)
	case "trouble":
		value = Problem(lang, value)
	}
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

// operation returns op, which a goroutine waits in, in lang.
func operation(lang, op string) string {
	if spanish, ok := operations[op]; ok && lang == Spanish {
		return spanish
	}
	return op
}

// operations are the runtime's words for what a goroutine waits in, and the judge's own
// for a call that has no name.
var operations = map[string]string{
	"call":                    "una llamada",
	"chan receive":            "una recepción de un canal",
	"chan receive (nil chan)": "una recepción de un canal nil",
	"chan send":               "un envío a un canal",
	"chan send (nil chan)":    "un envío a un canal nil",
	"select (no cases)":       "un select sin casos",
	"sleep":                   "una pausa",
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
