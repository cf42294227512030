package build

import (
	"fmt"
	"regexp"
	"strings"
)

// machineWords are in what the go command says when the machine and not what is
// compiled keeps it from finishing: no room for files, or memory so short that
// the system killed a compiler.
var machineWords = regexp.MustCompile(`no space left on device|[Dd]isk quota exceeded|read-only file system|input/output error|` +
	`cannot allocate memory|resource temporarily unavailable|too many open files|signal: killed`)

// tooLarge says that the linker refused the size of what is compiled, or the compiler
// its depth, which they do without naming the package.
func tooLarge(output string) string {
	for line := range strings.Lines(output) {
		switch {
		case strings.HasPrefix(line, "too much data"):
			return "its variables are larger than the linker allows"
		case strings.HasPrefix(line, "runtime: goroutine stack exceeds"):
			return "its expressions are nested too deep"
		}
	}
	return ""
}

// trouble finds the machine's fault in a go command's output. Lines with a file
// and a line, and those that continue them, quote what is compiled: they prove
// nothing.
func trouble(output string) error {
	for line := range strings.Lines(output) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "\t") || complaint.MatchString(line) || !machineWords.MatchString(line) {
			continue
		}
		return fmt.Errorf("the machine kept the compiler from finishing, twice: see that there is memory, and room for files in TMPDIR and GOCACHE (%s)", line)
	}
	return nil
}
