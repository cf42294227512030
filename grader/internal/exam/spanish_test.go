package exam

import (
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/catalog"
)

func TestUntranslated(t *testing.T) {
	e := &catalog.Exercise{Name: "tiny"}
	require.Empty(t, untranslated(e, []string{"x.Balance()", "3", `Get("the end of it")`, "http://site.test/nothing-of-it", "no se llamó", ""}))
	require.Equal(t, []string{
		"tiny: the phrases have no Spanish for: calls of f; add it to phrases.toml, or to phrases_hidden.toml if only a hidden test says it",
	}, untranslated(e, []string{"calls of f"}))
}
