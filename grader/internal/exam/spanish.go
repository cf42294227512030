package exam

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gorutinas/grader/internal/catalog"
	"gorutinas/grader/internal/message"
)

// english are words that hardly an English clause does without, and that neither
// Spanish nor a line of Go has.
var english = strings.Fields("after and are at before by each from have its nobody not nothing of that the their them they to was were when where which while who whose with")

var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// untranslated returns a sentence for each text of said, by the tests of e, that those
// who read Spanish would get in English.
func untranslated(e *catalog.Exercise, said []string) (defects []string) {
	spanish := e.Phrases.In(message.Spanish)
	for _, text := range said {
		words := strings.Fields(quoted.ReplaceAllString(spanish(text), ""))
		if slices.ContainsFunc(words, func(w string) bool { return slices.Contains(english, strings.Trim(w, ",;:()[]")) }) {
			defects = append(defects, fmt.Sprintf("%s: the phrases have no Spanish for: %s; add it to phrases.toml, or to phrases_hidden.toml if only a hidden test says it", e.Name, text))
		}
	}
	return defects
}
