package judge

import (
	"regexp"
	"slices"
	"strings"
)

// maxShown caps the output that a student is shown, in bytes.
const maxShown = 4 << 10

// Lines that package testing, the runtime and the race detector print; what
// comes after the first of these is not the student's.
var notStudents = regexp.MustCompile(`(?m)^(?:={18}\n|--- FAIL: |panic: |fatal error: |SIG[A-Z]+: |PASS\n|FAIL\n|goroutine \d+ \[)`)

// maxMark is how long such a line's beginning is.
const maxMark = 40

// shown returns what the student's program printed, capped.
func shown(output string) string {
	own := output[:min(len(output), maxShown+maxMark)]
	if at := notStudents.FindStringIndex(own); at != nil {
		own = own[:at[0]]
	}
	if len(own) > maxShown {
		own = own[:maxShown] + "\n…"
	}
	return strings.ToValidUTF8(own, "\uFFFD")
}

// forged says whether output imitates the results of a test: it has a line that a test
// binary run without -test.v never prints by itself, or the last one twice. It looks at
// all that a program printed, and so at each line's beginning first.
func forged(output string) bool {
	passed := false
	for line := range strings.Lines(output) {
		line = strings.TrimPrefix(line, "\x16")
		switch {
		case strings.HasPrefix(line, "ok"):
			if tellsOfPackage(line[len("ok"):]) {
				return true
			}
		case strings.HasPrefix(line, "=== "):
			if slices.ContainsFunc(announced, func(s string) bool { return strings.HasPrefix(line[len("=== "):], s) }) {
				return true
			}
		case line == "PASS\n", line == "PASS\r\n":
			if passed {
				return true
			}
			passed = true
		case strings.HasPrefix(strings.TrimLeft(line, space), "--- PASS: "):
			return true
		}
	}
	return false
}

// announced is what package testing says of a test on its way.
var announced = []string{"RUN ", "PAUSE ", "CONT ", "NAME "}

// space is what stands between the words of a line.
const space = " \t\f\r\n"

// tellsOfPackage says whether line, which began with ok, goes on with a package and
// how long its tests took.
func tellsOfPackage(line string) bool {
	name := strings.TrimLeft(line, space)
	end := strings.IndexAny(name, space)
	if len(name) == len(line) || end < 0 {
		return false
	}
	took := strings.TrimLeft(name[end:], space)
	return strings.IndexAny(took, "0123456789.(") == 0
}
