package grading

import (
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"gorutinas/grader/internal/results"
)

const (
	// kept is how long a result stays that nobody asks for: longer than a term.
	kept = 200 * 24 * time.Hour
	// day is how often a cache is trimmed, and how exactly it is known when a result
	// was asked for.
	day = 24 * time.Hour
)

// trim removes what was not asked for in a long time. The files are no more than
// a saving of time, so that one which cannot be removed is left.
func (c *Cache) trim(now time.Time) {
	mark := filepath.Join(c.dir, "trimmed")
	if info, err := os.Stat(mark); err == nil && now.Sub(info.ModTime()) < day {
		return
	}
	_ = filepath.WalkDir(c.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil && now.Sub(info.ModTime()) > kept {
			_ = os.Remove(path)
		}
		return nil
	})
	_ = results.WriteFile(mark, now)
}

// asked notes that the result under key is in use.
func (c *Cache) asked(key string, now time.Time) {
	path := c.path(key)
	if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > day {
		_ = os.Chtimes(path, now, now)
	}
}
