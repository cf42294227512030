package sandbox

import (
	"os"
	"testing"
)

// TestMain makes this binary its own launcher, self-test and attacker.
func TestMain(m *testing.M) {
	Init()
	if len(os.Args) > 2 && os.Args[1] == attackArg {
		os.Exit(attacks[os.Args[2]](os.Args[3:]))
	}
	os.Exit(m.Run())
}

// attackArg makes this binary the attack that the next argument names. Attacks
// only ever run in a box or under limits.
const attackArg = "attack"
