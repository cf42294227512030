package bugs

import (
	"os"
	"testing"

	"gorutinas/exercises/internal/explore"
	"gorutinas/exercises/internal/probe"
)

func TestMain(m *testing.M) { probe.Main(m) }

// TestBug explores the bug that the environment names.
func TestBug(t *testing.T) {
	probe.Check(t)
	explore.Run(t, func(s *explore.S) {
		first, second, wrong := bugs[os.Getenv("BUG")]()
		s.Go(first)
		s.Go(second)
		s.Wait()
		if text := wrong(); text != "" {
			s.Failf(1, "%s", text)
		}
	})
}
