package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// attempt is one thing that a self-test does.
type attempt struct {
	name string
	do   func(t targets) error
}

// probe is the program of a self-test: it does what a program must be able to
// do, then tries every way out, and records which succeeded.
func probe() int {
	var t targets
	if err := json.NewDecoder(os.NewFile(inputFD, "input")).Decode(&t); err != nil {
		fmt.Fprintln(os.Stderr, "read the targets:", err)
		return 1
	}
	got := findings{Nonce: t.Nonce}
	for _, a := range needs {
		if err := a.do(t); err != nil {
			got.Broken = append(got.Broken, fmt.Sprintf("%s (%v)", a.name, err))
		}
	}
	for _, a := range waysOut {
		if a.do(t) == nil {
			got.Open = append(got.Open, a.name)
		}
	}
	if err := json.NewEncoder(os.NewFile(recordFD, "record")).Encode(got); err != nil {
		fmt.Fprintln(os.Stderr, "write the findings:", err)
		return 1
	}
	return 0
}

func readTarget(t targets) error {
	_, err := os.ReadFile(t.File)
	return err
}

func listTarget(t targets) error {
	_, err := os.ReadDir(t.Dir)
	return err
}

func changeTarget(t targets) error {
	return os.WriteFile(filepath.Join(t.Dir, "changed"), nil, 0o644)
}
