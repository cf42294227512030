package message

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRender(t *testing.T) {
	for _, tt := range []struct {
		lang, code string
		args       []string
		want       string
	}{
		{
			"en", "fail.got_want",
			[]string{"2", "two Withdraw(1) on a balance of 1", "both nil", "one ErrInsufficientFunds"},
			"two Withdraw(1) on a balance of 1 gave both nil, but point 2 of the contract asks for one ErrInsufficientFunds.",
		},
		{
			"es", "deadlock.blocked",
			[]string{"Lock", "balance.go:31"},
			"Lock se queda en espera para siempre en balance.go:31: ya no queda ninguna goroutine que le permita seguir.",
		},
		{
			"en", "explore.deadlock.blocked",
			[]string{"Lock", "balance.go:31"},
			"In the schedule below, Lock at balance.go:31 blocks for ever: no goroutine is left that could let it go on.",
		},
		{
			"es", "explore.leak.goroutine",
			[]string{"1", "a send", "a.go:3", "a.go:2"},
			"En el orden de pasos de abajo, una goroutine no termina nunca: se lanzó en a.go:2 y sigue parada en a send, en a.go:3; dale una salida.",
		},
		{
			"en", "race.two_writes",
			[]string{"balance", "balance.go:14", "balance.go:14"},
			"Two goroutines write balance at the same time, both at balance.go:14; guard every use of it with one mutex, or do not share it.",
		},
		{
			"en", "fail.got_want",
			[]string{"1", "Name()", "", "ana\nperez"},
			`Name() gave "", but point 1 of the contract asks for ana perez.`,
		},
		{"en", "panic.value", []string{"{at}", "a.go:1"}, "Your program panicked at a.go:1: {at}"},
		{"en", "panic.value", []string{"boom"}, "boom"},
		{"es", "some.code", []string{"one", "two"}, "one, two"},
		{"es", "some.code", nil, "some.code"},
	} {
		require.Equal(t, tt.want, Render(tt.lang, tt.code, tt.args, nil), "%s %s %q", tt.lang, tt.code, tt.args)
	}
}

// What a test has worded is translated, and nothing else.
func TestSaid(t *testing.T) {
	args := []string{"1", "a call", "nothing", "x"}
	require.Equal(t, "A CALL dio NOTHING, pero el punto 1 del contrato pide X.", Render(Spanish, "fail.got_want", args, strings.ToUpper))
	require.Equal(t, []string{"a call", "x"}, Said("explore.fail.got_want", args))
	require.Equal(t, "Your program panicked at a.go:1: boom", Render("en", "panic.value", []string{"boom", "a.go:1"}, strings.ToUpper))
	require.Empty(t, Said("panic.value", []string{"boom", "a.go:1"}))
	require.Empty(t, Said("no.such", args))
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

// Both languages use the same arguments, and only those that are declared.
func TestSentences(t *testing.T) {
	for code, s := range sentences {
		en, es := names(s.en), names(s.es)
		require.Equal(t, en, es, code)
		for _, name := range en {
			require.Contains(t, s.args, name, code)
		}
		require.NotEqual(t, s.en, s.es, code)
		if base, _, special := strings.Cut(code, "/"); special {
			require.Contains(t, sentences, base)
		}
	}
}

func names(s string) []string {
	var all []string
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		all = append(all, m[1])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestLongAndBrokenArguments(t *testing.T) {
	got := Render("en", "panic.unknown", []string{strings.Repeat("ñ", 1<<20)}, nil)
	require.Less(t, len([]rune(got)), 300)
	require.True(t, strings.HasSuffix(got, "ñ…"), got)
	require.Equal(t, "Your program panicked: a\uFFFDb", Render("en", "panic.unknown", []string{"a\xff\xfeb"}, nil))
}

func TestWords(t *testing.T) {
	require.Equal(t, "carrera", Verdict("es", "race"))
	require.Equal(t, "does not compile", Status("", "build_failed"))
	require.Equal(t, "new_one", Verdict("es", "new_one"))
	for key, w := range words {
		require.NotEmpty(t, w[0], key)
		require.NotEmpty(t, w[1], key)
	}
}

func TestFlags(t *testing.T) {
	stored := Flag(Forged, "balance")
	require.Equal(t, "forged output in balance", stored)
	require.Equal(t, stored, FlagIn("en", stored))
	require.Equal(t, "salida falsificada en balance", FlagIn("es", stored))
	require.Equal(t, "something else", FlagIn("es", "something else"))
}

func TestProblem(t *testing.T) {
	for _, tt := range []struct{ lang, english, want string }{
		{"en", "cache.go was not handed in", "cache.go was not handed in"},
		{"es", "cache.go was not handed in", "no se entregó cache.go"},
		{
			"es", `import "unsafe" is not allowed; use ordinary types and sync/atomic`,
			`no se puede importar "unsafe"; usa tipos corrientes y sync/atomic`,
		},
		{"es", `import "use a map" is not allowed; see`, `no se puede importar "use a map"; see`},
		{"es", "undefined: wg\n./gather.go:12:3: missing return", "undefined: wg\n./gather.go:12:3: missing return"},
		{
			"es", "the tests do not compile with it: {why}; compare its declarations with the statement's",
			"las pruebas no compilan con él: {why}; compara sus declaraciones con las del enunciado",
		},
	} {
		require.Equal(t, tt.want, Problem(tt.lang, tt.english))
	}
}

// Each sentence is recognised as itself.
func TestProblems(t *testing.T) {
	for english, spanish := range problems(t) {
		require.Equal(t, spanish, Problem(Spanish, english))
	}
}

// A student meets one word for one thing, in statements, hints and messages alike.
func TestOneWordForOneThing(t *testing.T) {
	files, err := filepath.Glob("../../../exercises/*/*.[mt]*") // README.es.md and exercise.toml
	require.NoError(t, err)
	require.Greater(t, len(files), 50)
	sources, err := filepath.Glob("[^m]*.*o*") // not this test
	require.NoError(t, err)
	for _, f := range append(files, sources...) {
		text, err := os.ReadFile(f)
		require.NoError(t, err)
		for other, word := range map[string]string{
			`(gorutina|gorutinas \pL+)`: "goroutine", `cerrojos?`: "candado", `corrector`: "calificador", `arreglos?`: "array",
		} {
			require.NotRegexp(t, `\b`+other+`\b`, string(text), "%s: in Spanish say %s", f, word)
		}
	}
}
