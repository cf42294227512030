package exam

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"gorutinas/grader/internal/grading"
	"gorutinas/grader/internal/results"
)

// keptRounds is how long rounds stay saved that no run asks for: of kits that are no more.
const keptRounds = 30 * 24 * time.Hour

// file is where row is saved: its name covers all that decides what is in it,
// except how many rounds.
func (v *verification) file(row *Row) string {
	kit := v.grader.Provenance()
	kit.Version, kit.Seed = v.versions[row.Solution.Exercise.Name], v.Seed
	h := sha256.New()
	fmt.Fprintf(h, "%+v %t %t %q %q", kit, v.Load, v.Matrix, row.Solution.String(), row.Solution.Files)
	return filepath.Join(v.Saved, hex.EncodeToString(h.Sum(nil)[:16])+".json")
}

// restore fills row with the rounds of earlier runs, if there were any.
func (v *verification) restore(row *Row) {
	if !v.Resume {
		return
	}
	if saved, ok := v.saved(row); ok {
		grading.Used(v.file(row))
		row.Verdicts, row.Said, row.Defects = saved.Verdicts, saved.Said, saved.Defects
	}
}

// saved is what earlier runs have saved of row.
func (v *verification) saved(row *Row) (saved Row, ok bool) {
	if v.Saved == "" {
		return saved, false
	}
	text, err := os.ReadFile(v.file(row))
	ok = err == nil && json.Unmarshal(text, &saved) == nil && len(saved.Verdicts) == len(row.Verdicts)
	return saved, ok
}

// save saves row, unless an earlier run has saved more rounds of it, or this machine
// could not decide one: that says nothing of the solution, and is tried again.
func (v *verification) save(row *Row) error {
	if v.Saved == "" || row.undecided() {
		return nil
	}
	if old, ok := v.saved(row); ok && old.all() > row.all() {
		return nil
	}
	if err := results.WriteFile(v.file(row), row); err != nil {
		return fmt.Errorf("save the rounds: %w; make room there, or set XDG_CACHE_HOME to a directory that can be written", err)
	}
	return nil
}
