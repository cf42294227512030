package catalog

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the index of exercises anew")

// The index of exercises is made from the manifests; -update writes it.
func TestIndex(t *testing.T) {
	k, err := Load("../../..")
	require.NoError(t, err)
	for lang, name := range map[string]string{"en": "README.md", "es": "README.es.md"} {
		want, err := Index(k, lang)
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
