package catalog

import (
	"bytes"
	_ "embed"
	"strings"
	"text/template"
)

//go:embed index.md.tmpl
var indexTemplate string

var trackNames = map[string]Text{
	"waiting":    {"Waiting", "Esperar"},
	"sharing":    {"Sharing", "Compartir"},
	"generators": {"Generators", "Generadores"},
	"loops":      {"Loops", "Bucles"},
	"work":       {"Work", "Trabajo"},
	"network":    {"Network", "Red"},
}

// Index returns the page that lists k's exercises by track, in Markdown.
func Index(k *Kit, lang string) ([]byte, error) {
	t, err := template.New("index").Funcs(template.FuncMap{
		"say": func(en, es string) string { return Text{en, es}.In(lang) },
		"in":  func(t Text) string { return t.In(lang) },
		"track": func(name string) string {
			return trackNames[name].In(lang)
		},
		"stars": func(n int) string { return strings.Repeat("★", n) },
		"statement": func() string {
			return Text{"README.md", "README.es.md"}.In(lang)
		},
	}).Parse(indexTemplate)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	err = t.Execute(&page, tracks(k))
	return page.Bytes(), err
}

// track is one part of the index.
type track struct {
	Name      string
	Exercises []*Exercise
}

func tracks(k *Kit) (all []track) {
	for _, name := range Tracks {
		t := track{Name: name}
		for _, e := range k.Exercises {
			if e.Track == name {
				t.Exercises = append(t.Exercises, e)
			}
		}
		if len(t.Exercises) > 0 {
			all = append(all, t)
		}
	}
	return all
}
