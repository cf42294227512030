package phrase

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestIn(t *testing.T) {
	p, err := Parse(map[string]string{
		"{} of {}":                   "{} de {}",
		"the error":                  "el error",
		"the error of {}":            "el error de {}",
		"a task that fails after {}": "una tarea que falla a los {}",
		"{} calls at once":           "{} llamadas a la vez",
		"number {} in {}":            "en {2}, el número {1}",
		"nothing":                    "nada",
		"{} in the end":              "{} al final",
		"read {path}: {why}":         "no se puede leer {path}: {why}",
		"gone; try {what}, or wait":  "ya no está; prueba {what}, o espera",
		"{why}; see the help":        "{why}; mira la ayuda",
	})
	require.NoError(t, err)
	for _, tt := range []struct{ name, en, es string }{
		{"whole", "nothing", "nada"},
		{"in another order", "number 3 in line", "en line, el número 3"},
		{"the most particular phrase", "the error of x", "el error de x"},
		{"a phrase in a hole", "the error of 3 calls at once", "el error de 3 llamadas a la vez"},
		{"in a call", "Gather(ctx, a task that fails after 1s)", "Gather(ctx, una tarea que falla a los 1s)"},
		{"the brackets belong to the hole", "f(x of y) of z", "f(x de y) de z"},
		{"a list", "nothing, nothing; the error: [nothing]", "nada, nada; el error: [nada]"},
		{"what is quoted is somebody's", `"nothing"`, `"nothing"`},
		{"quoted at the beginning", `"x of y" in the end`, `"x of y" al final`},
		{"quoted in a list", `nothing, "a \" of b"`, `nada, "a \" of b"`},
		{"quoted in a hole", `the error of "3 calls at once"`, `el error de "3 calls at once"`},
		{"no phrase", "x.Balance() = 3", "x.Balance() = 3"},
		{"a half-open interval", "(0, nothing] in the end", "(0, nada] al final"},
		{"braces of its own", "Options{1} in the end", "Options{1} al final"},
		{"holes with names", "read a.toml: nothing", "no se puede leer a.toml: nada"},
		{"a sentence after its file", "a.toml: gone; try nothing, or wait", "a.toml: ya no está; prueba nada, o espera"},
		{"a phrase begins with no sentence before its own", "read a: nothing in the end", "no se puede leer a: nada al final"},
		{"advice after any sentence", "read a: nothing; see the help", "no se puede leer a: nada; mira la ayuda"},
		{"lines", "nothing\n3 calls at once", "nada\n3 llamadas a la vez"},
		{"a hole within a line", "read a\nb: nothing", "read a\nb: nada"},
		{"each item alone", "f(3, nothing in the end)", "f(3, nada al final)"},
		{"brackets of items", "[number 3 in (a, b)]", "[en (a, b), el número 3]"},
		{"a bracket without a partner", "read a.go: expected ')' of nothing", "no se puede leer a.go: expected ')' de nada"},
		{"spaces around", "nothing (the error) ", "nada (el error) "},
		{"nothing in the hole", "the error of ", "the error of "},
		{"no end of brackets", strings.Repeat("(", 4000) + strings.Repeat(")", 4000), strings.Repeat("(", 4000) + strings.Repeat(")", 4000)},
		{"longer than anything that the kit says", strings.Repeat("nothing; ", 1000), strings.Repeat("nothing; ", 1000)},
		{"empty", "", ""},
	} {
		require.Equal(t, tt.es, p.In("es")(tt.en), tt.name)
		require.Equal(t, tt.en, p.In("en")(tt.en), tt.name)
	}
}

func TestParseRefused(t *testing.T) {
	for en, es := range map[string]string{
		"{} and {}":   "{} y",
		"{} or {}":    "{1} o {1}",
		"{} then {}":  "{} y {3}",
		"no hole":     "{}",
		"{}{} calls":  "{} de {}",
		"{}":          "{}",
		"":            "nada",
		"not written": "",
		" and {}":     "y {}",
		"in the end":  "al final ",
	} {
		_, err := Parse(map[string]string{en: es})
		require.Error(t, err, en)
	}
}

// Whatever a test says, what is in no phrase and what is quoted comes through.
func FuzzIn(f *testing.F) {
	p, err := Parse(map[string]string{"{} of {}": "{} de {}", "a": "una", "{} or {}": "{2} o {1}"})
	require.NoError(f, err)
	f.Add(`x of "y of z" or (a, b]`)
	f.Fuzz(func(t *testing.T, text string) {
		quoted := strconv.Quote(text)
		require.Equal(t, quoted, p.In("es")(quoted))
		if got := p.In("es")(text); !strings.Contains(text, "a") && !strings.Contains(text, "o") {
			require.Equal(t, text, got)
		}
	})
}
