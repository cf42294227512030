package message

import (
	_ "embed"
	"sync"

	"github.com/BurntSushi/toml"

	"gorutinas/grader/internal/phrase"
)

//go:embed phrases.toml
var phrasesTOML []byte

// phrases are what [Problem] knows.
var phrases = sync.OnceValue(func() phrase.Book {
	var texts map[string]string
	if err := toml.Unmarshal(phrasesTOML, &texts); err != nil {
		panic(err)
	}
	b, err := phrase.Parse(texts)
	if err != nil {
		panic(err)
	}
	return b
})

// Problem returns, in lang, the sentence that says why a submission or a candidate
// could not be graded, or what became of a command. Results store it in English; what
// has no translation, such as the compiler's own words, stays as it is.
func Problem(lang, english string) string {
	if lang != Spanish {
		return english
	}
	return phrases().In(lang)(english)
}

// NotHandedIn is the problem, in English, of an exercise without its file.
func NotHandedIn(file string) string { return file + " was not handed in" }
