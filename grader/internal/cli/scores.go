package cli

import (
	"encoding/json"
	"os"
	"path/filepath"

	"gorutinas/grader/internal/results"
)

// scores are what the exercises of a student's own tree had when each was last graded,
// by name. They are the progress that `grader list` shows.
type scores map[string]score

type score struct {
	Score    int `json:"score"`
	MaxScore int `json:"max_score"`
}

// scoresFile is where the scores of the tree in root are kept.
func scoresFile(root string) string { return filepath.Join(root, "grades", "scores.json") }

// readScores returns the scores that are kept in root; none where there are none, or
// what is there cannot be read.
func readScores(root string) scores {
	var s scores
	text, err := os.ReadFile(scoresFile(root))
	if err != nil || json.Unmarshal(text, &s) != nil {
		return nil
	}
	return s
}

// keepScores adds what grade found to the scores in root. To lose them costs a look at
// `grader list`, so that a directory which cannot be written is no error.
func keepScores(root string, grade results.Grade) {
	all := readScores(root)
	if all == nil {
		all = scores{}
	}
	for _, e := range grade.Exercises {
		all[e.Name] = score{e.Score, e.MaxScore}
	}
	_ = results.WriteFile(scoresFile(root), all)
}
