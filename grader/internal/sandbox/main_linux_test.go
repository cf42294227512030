package sandbox

import (
	"flag"
	"os"
	"testing"
)

// TestMain makes this binary its own launcher, self-test and attacker. Most tests
// wait for a limit, so that many can do so at a time, however few the processors.
func TestMain(m *testing.M) {
	Init()
	if len(os.Args) > 2 && os.Args[1] == attackArg {
		os.Exit(attacks[os.Args[2]](os.Args[3:]))
	}
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// attackArg makes this binary the attack that the next argument names. Attacks
// only ever run in a box or under limits.
const attackArg = "attack"
