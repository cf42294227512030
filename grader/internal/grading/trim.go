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
	// day is how often a cache is trimmed, and how exactly it is known when a file of it
	// was used.
	day = 24 * time.Hour
)

// Trim removes from the cache dir, once a day, the files that were not used in a long
// time, kept. They are no more than a saving of time, so that one which cannot be
// removed is left.
func Trim(dir string, kept time.Duration) { trim(dir, kept, time.Now()) }

func trim(dir string, kept time.Duration, now time.Time) {
	mark := filepath.Join(dir, "trimmed")
	if info, err := os.Stat(mark); err == nil && now.Sub(info.ModTime()) < day {
		return
	}
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
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

// Used notes that the file at path, of a cache, is in use.
func Used(path string) { used(path, time.Now()) }

func used(path string, now time.Time) {
	if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > day {
		_ = os.Chtimes(path, now, now)
	}
}
