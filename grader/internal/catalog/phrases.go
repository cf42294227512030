package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"github.com/BurntSushi/toml"

	"gorutinas/grader/internal/phrase"
)

// The files of phrases: what visible tests say, and what hidden ones say besides. What
// the helpers of all tests say stands beside these.
const (
	VisiblePhrases = "phrases.toml"
	hiddenPhrases  = "phrases_hidden.toml"
)

// isPhrases says whether the file called base has phrases.
func isPhrases(base string) bool { return base == VisiblePhrases || base == hiddenPhrases }

// readPhrases reads the phrases of the exercise in dir. There may be none.
func readPhrases(dir string) (phrase.Book, error) {
	texts := map[string]string{}
	shared := filepath.Join(filepath.Dir(dir), "internal")
	for _, path := range []string{filepath.Join(shared, VisiblePhrases), filepath.Join(dir, VisiblePhrases), filepath.Join(dir, hiddenPhrases)} {
		src, err := os.ReadFile(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, fmt.Errorf("read the phrases: %w", err)
		}
		var more map[string]string
		if err := toml.Unmarshal(src, &more); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		maps.Copy(texts, more)
	}
	p, err := phrase.Parse(texts)
	if err != nil {
		return nil, fmt.Errorf("the phrases of %s: %w", filepath.Base(dir), err)
	}
	return p, nil
}
