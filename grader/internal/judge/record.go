package judge

import (
	"encoding/json"

	"gorutinas/grader/internal/results"
)

// Orders is what a test binary is told before the student's code initialises.
type Orders struct {
	Nonce string `json:"nonce"` // a secret of this run
	Seed  uint64 `json:"seed"`
}

// record is what a test binary tells at its very end, and only then.
type record struct {
	Nonce    string    `json:"nonce"`
	Check    string    `json:"check"`
	Runs     int       `json:"runs"`
	Passed   int       `json:"passed"`
	Exit     int       `json:"exit"`
	Findings []finding `json:"findings"`
	Flags    []string  `json:"flags"`
}

// finding is why a test failed, in the test's own words.
type finding struct {
	Verdict  results.Verdict `json:"verdict"`
	Code     string          `json:"code"`
	Args     []string        `json:"args"`
	Stack    string          `json:"stack"`
	Schedule []results.Step  `json:"schedule"`
	Held     []held          `json:"held"`
}

// held is a lock that a goroutine waits for: stacks of who waits and of who took it.
type held struct {
	At string `json:"at"`
	By string `json:"by"`
}

// readRecord returns the record in text, or nil when there is none that carries
// the run's nonce.
func readRecord(text []byte, nonce string) *record {
	var r record
	if json.Unmarshal(text, &r) != nil || r.Nonce != nonce {
		return nil
	}
	return &r
}
