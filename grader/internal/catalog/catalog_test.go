package catalog

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/stretchr/testify/require"
)

const good = `
track = "sharing"
order = 5
difficulty = 2
imports = ["net/http"]
[title]
en = "The balance"
es = "El saldo"
[teaches]
en = "locks"
es = "candados"
[[visible]]
name = "TestDeposit"
kind = "result"
points = 10
title = {en = "a", es = "b"}
hints = {en = ["a", "b"], es = ["c", "d"]}
`

func TestParse(t *testing.T) {
	e, err := parseManifest([]byte(good))
	require.NoError(t, err)
	require.Equal(t, "El saldo", e.Title.In("es"))
	require.Equal(t, []string{"c", "d"}, e.Visible[0].Hints.In("es"))
	require.Empty(t, e.Hidden)
}

// Each mistake is told in a sentence that names what to correct.
func TestParseMistakes(t *testing.T) {
	for _, tt := range []struct{ old, mistake, want string }{
		{`order = 5`, `ordre = 5`, `unknown key "ordre"`},
		{`points = 10`, "points = 10\nweight = 2", `unknown key "visible.weight"`},
		{`points = 10`, `points = 9`, "sum to 9, not 10"},
		{`points = 10`, `points = 0`, "points 0 is below 1"},
		{`points = 10`, `points = "10"`, "incompatible types"},
		{`kind = "result"`, `kind = "speed"`, `kind "speed" is none of`},
		{`kind = "result"`, `kind = "memory"`, "only a hidden check can be of kind memory"},
		{`name = "TestDeposit"`, `name = "testDeposit"`, "is not a test function's name"},
		{`track = "sharing"`, `track = "caring"`, `track "caring" is none of waiting, sharing`},
		{`difficulty = 2`, `difficulty = 6`, "difficulty 6 is not within 1 to 5"},
		{`order = 5`, `order = 0`, "order 0 is below 1"},
		{`es = "El saldo"`, ``, "title needs en and es"},
		{`title = {en = "a", es = "b"}`, `title = {en = "a"}`, "TestDeposit: title needs en and es"},
		{`["c", "d"]`, `["c"]`, "hints need two or more"},
		{`[title]`, `[title`, "expected"},
	} {
		_, err := parseManifest([]byte(strings.Replace(good, tt.old, tt.mistake, 1)))
		require.ErrorContains(t, err, tt.want, tt.mistake)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("track = [[[["))
	f.Fuzz(func(t *testing.T, src []byte) {
		e, err := parseManifest(src)
		if err != nil {
			return
		}
		var text bytes.Buffer
		require.NoError(t, toml.NewEncoder(&text).Encode(e)) // as export does
		again, err := parseManifest(text.Bytes())
		require.NoError(t, err)
		require.Equal(t, e, again)
	})
}

func TestFindAndLoad(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	_, err := Find(dir)
	require.ErrorIs(t, err, ErrNoKit)
	write("go.mod", "module gorutinas\n")
	write("exercises/later/exercise.toml", strings.Replace(good, "order = 5", "order = 9", 1))
	write("exercises/balance/exercise.toml", good)
	write("exercises/balance/balance.go", "package balance\n")

	write("exercises/twin/exercise.toml", good)
	write("exercises/twin/twin.go", "package twin\n")
	_, err = Load(dir)
	require.EqualError(t, err, "balance and twin both have order 5; number them apart")
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "exercises", "twin")))

	found, err := Find(filepath.Join(dir, "exercises", "balance"))
	require.NoError(t, err)
	require.Equal(t, dir, found)
	k, err := Load(found)
	require.NoError(t, err)
	require.Equal(t, "balance", k.Exercises[0].Name)
	require.Equal(t, "later", k.Exercises[1].Name)
	require.False(t, k.Hidden)

	_, err = k.Select([]string{"balanse"})
	require.EqualError(t, err, `no exercise is called "balanse"; did you mean "balance"?`)
	_, err = k.Select([]string{"quantum"})
	require.ErrorContains(t, err, "grader list")
	some, err := k.Select([]string{"later", "balance"})
	require.NoError(t, err)
	require.Equal(t, k.Exercises, some)

	versions := func() (all []string) {
		whole, err := k.Version()
		require.NoError(t, err)
		all = append(all, whole)
		for _, e := range k.Exercises {
			v, err := k.VersionOf(e)
			require.NoError(t, err)
			all = append(all, v)
		}
		return all
	}
	before := versions()
	write("exercises/balance/README.md", "words change no grade")
	require.Equal(t, before, versions())
	write("exercises/balance/balance_hidden_test.go", "package balance_test\n")
	after := versions()
	require.NotEqual(t, before[0], after[0])
	require.NotEqual(t, before[1], after[1])
	require.Equal(t, before[2], after[2], "the other exercise's")
	write("exercises/internal/probe/main.go", "package probe\n")
	for i, v := range versions() {
		require.NotEqual(t, after[i], v)
	}

	_, visible, _ := strings.Cut(good, "[[visible]]")
	write("exercises/balance/exercise.toml", good+"[[check]]"+visible)
	_, err = Load(dir)
	require.ErrorContains(t, err, "later/exercise.toml has no [[check]]", "which nothing would grade")

	write("exercises/later/exercise.toml", "nonsense")
	_, err = Load(dir)
	require.ErrorContains(t, err, filepath.Join("later", "exercise.toml"))
}
