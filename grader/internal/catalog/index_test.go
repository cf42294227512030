package catalog

import (
	"bytes"
	_ "embed"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/template"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the index of exercises anew")

// The index of exercises is made from the manifests; -update writes it.
func TestIndex(t *testing.T) {
	k, err := Load("../../..")
	require.NoError(t, err)
	for lang, name := range map[string]string{"en": "README.md", "es": "README.es.md"} {
		want, err := index(k, lang)
		require.NoError(t, err)
		path := filepath.Join(k.Dir, "exercises", name)
		if *update {
			require.NoError(t, os.WriteFile(path, want, 0o644))
		}
		got, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(want), string(got), "%s is stale: go test ./grader/internal/catalog -update", path)
	}
}

//go:embed index.md.tmpl
var indexTemplate string

// index returns the page that lists k's exercises by track, in Markdown.
func index(k *Kit, lang string) ([]byte, error) {
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
