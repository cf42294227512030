package grading

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"gorutinas/grader/internal/results"
)

// Cache keeps the results of candidates that were graded before, one file each,
// under a hash of everything that decides them. Several graders may share one.
type Cache struct{ dir string }

// OpenCache returns the cache in dir, which need not exist yet. It trims it once a day.
func OpenCache(dir string) *Cache {
	Trim(dir, kept)
	return &Cache{dir: dir}
}

// key hashes what decides a candidate's results. Every part is written with its
// length, so that no two different inputs spell the same bytes.
func key(context []string, exercise string, files map[string][]byte) string {
	h := sha256.New()
	part := func(b []byte) { fmt.Fprintf(h, "%d:%s", len(b), b) }
	fmt.Fprintf(h, "%d ", len(context))
	for _, c := range context {
		part([]byte(c))
	}
	part([]byte(exercise))
	for _, name := range slices.Sorted(maps.Keys(files)) {
		part([]byte(name))
		part(files[name])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// entry is a cached result with the flags that it raised.
type entry struct {
	Exercise results.Exercise `json:"exercise"`
	Flags    []string         `json:"flags,omitempty"`
}

// get returns the result under key. A damaged file counts as none.
func (c *Cache) get(key string) (entry, bool) {
	var e entry
	if c == nil {
		return e, false
	}
	text, err := os.ReadFile(c.path(key))
	if err != nil || json.Unmarshal(text, &e) != nil || e.Exercise.Name == "" {
		return entry{}, false
	}
	Used(c.path(key))
	return e, true
}

// put keeps e under key, unless the machine and not the candidate decided a
// part of it. A cache that cannot be written is only slower, never an error.
func (c *Cache) put(key string, e entry) {
	if c == nil || slices.ContainsFunc(e.Exercise.Checks, func(k results.Check) bool { return k.Verdict == results.Infra }) {
		return
	}
	_ = results.WriteFile(c.path(key), e)
}

func (c *Cache) path(key string) string { return filepath.Join(c.dir, key[:2], key[2:]+".json") }
