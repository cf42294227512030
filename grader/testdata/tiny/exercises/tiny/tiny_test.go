package tiny_test

import (
	"testing"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/tiny"
)

func TestOneVisibly(t *testing.T) {
	probe.Check(t)
	if got := tiny.One(); got != 1 {
		probe.Fail(t, 1, "One()", got, 1)
	}
}
