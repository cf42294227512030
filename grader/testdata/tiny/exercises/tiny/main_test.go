package tiny_test

import (
	"testing"

	"gorutinas/exercises/internal/probe"
)

func TestMain(m *testing.M) { probe.Main(m) }
