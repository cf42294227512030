package judge

import (
	"regexp"
	"strings"
)

// maxShown caps the output that a student is shown, in bytes.
const maxShown = 4 << 10

// Lines that package testing, the runtime and the race detector print; what
// comes after the first of these is not the student's.
var notStudents = regexp.MustCompile(`(?m)^(?:={18}\n|--- FAIL: |panic: |fatal error: |SIG[A-Z]+: |PASS\n|FAIL\n|goroutine \d+ \[)`)

// forgeries are lines that a test binary run without -test.v never prints by
// itself.
var forgeries = regexp.MustCompile(`(?m)^\x16?(?:\s*--- PASS: |=== (?:RUN|PAUSE|CONT|NAME) |ok\s+\S+\s+[\d.(]|PASS\r?\n(?s:.*)^PASS\r?\n)`)

// shown returns what the student's program printed, capped.
func shown(output string) string {
	if at := notStudents.FindStringIndex(output); at != nil {
		output = output[:at[0]]
	}
	if len(output) > maxShown {
		output = output[:maxShown] + "\n…"
	}
	return strings.ToValidUTF8(output, "\uFFFD")
}

// forged says whether output imitates the results of a test.
func forged(output string) bool { return forgeries.MatchString(output) }
