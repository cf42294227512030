package build

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFirstProblem(t *testing.T) {
	s := Source{Exercise: "balance", Files: map[string][]byte{"balance.go": nil, "ledger.go": nil, "my ledger.go": nil}}
	for _, tt := range []struct {
		name, output string
		want         *Problem
	}{
		{
			"own file", "# gorutinas/exercises/balance\nexercises/balance/ledger.go:7:2: undefined: x\n",
			&Problem{File: "ledger.go", Line: 7, Message: "undefined: x"},
		},
		{
			"without a column", "exercises/balance/balance.go:3: syntax error: unexpected }\n",
			&Problem{File: "balance.go", Line: 3, Message: "syntax error: unexpected }"},
		},
		{
			"own file after a test", "exercises/balance/balance_hidden_test.go:9:9: cannot use f\nexercises/balance/balance.go:1:1: expected 'package'\n",
			&Problem{File: "balance.go", Line: 1, Message: "expected 'package'"},
		},
		{
			"tests alone", "exercises/balance/balance_hidden_test.go:9:9: undefined: balance.Transfer\n",
			&Problem{File: "balance.go", Message: "the tests do not compile with it: undefined: balance.Transfer; compare its declarations with the statement's"},
		},
		{
			"spaces in the path", "/tmp/my own/src/balance/my ledger.go:7:2: undefined: x\n",
			&Problem{File: "my ledger.go", Line: 7, Message: "undefined: x"},
		},
		{
			"a file in the message", "exercises/balance/balance.go:3:5: f redeclared\n\texercises/balance/ledger.go:9:6: other declaration of f\n",
			&Problem{File: "balance.go", Line: 3, Message: "f redeclared"},
		},
		{
			"a place in the message", "exercises/balance/balance.go:3:5: x redeclared; declared at /tmp/my own/src/balance/ledger.go:9:6\n",
			&Problem{File: "balance.go", Line: 3, Message: "x redeclared; declared at ledger.go:9"},
		},
		{"another exercise's", "exercises/gil/gil.go:3:1: syntax error\n", nil},
		{
			"no line", "# gorutinas/exercises/balance\nimport cycle in exercises/balance\n",
			&Problem{File: "balance.go", Message: "import cycle in exercises/balance"},
		},
		{"nothing", "", nil},
	} {
		require.Equal(t, tt.want, firstProblem(s, tt.output), tt.name)
	}
}
