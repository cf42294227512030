package catalog

import (
	"bytes"
	_ "embed"
	"strings"
	"text/template"
)

//go:embed index.md.tmpl
var indexTemplate string

// Index returns the page that lists k's exercises by track, in Markdown.
func Index(k *Kit, lang string) ([]byte, error) {
	t, err := template.New("index").Funcs(template.FuncMap{
		"say":       func(en, es string) string { return Text{en, es}.In(lang) },
		"in":        func(t Text) string { return t.In(lang) },
		"stars":     func(n int) string { return strings.Repeat("★", n) },
		"statement": func() string { return Text{"README.md", "README.es.md"}.In(lang) },
	}).Parse(indexTemplate)
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	err = t.Execute(&page, byTrack(k))
	return page.Bytes(), err
}

// track is one part of the index.
type track struct {
	Name      Text
	Exercises []*Exercise
}

func byTrack(k *Kit) (all []track) {
	for _, t := range tracks {
		part := track{Name: t.name}
		for _, e := range k.Exercises {
			if e.Track == t.key {
				part.Exercises = append(part.Exercises, e)
			}
		}
		if len(part.Exercises) > 0 {
			all = append(all, part)
		}
	}
	return all
}
