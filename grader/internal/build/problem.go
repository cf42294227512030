package build

import (
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// complaint is a line of the compiler's: file:line[:column]: message.
var complaint = regexp.MustCompile(`^(?:# .*|(.+?\.go):(\d+)(?::\d+)?: (.+))$`)

// places are the paths in a message, which are those of the build's directory.
var places = regexp.MustCompile(`(?:/[^/:]*)+/([^/:]+\.go:\d+)(?::\d+)?`)

// firstProblem finds in a go command's output the first complaint about s: one
// in its own files, else one in the tests that do not fit them, of which it
// tells the message alone, since hidden tests stay hidden.
func firstProblem(s Source, output string) *Problem {
	var inTests *Problem
	for line := range strings.Lines(output) {
		m := complaint.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil || m[1] == "" || path.Base(path.Dir(filepath.ToSlash(m[1]))) != s.Exercise {
			continue
		}
		name := path.Base(filepath.ToSlash(m[1]))
		if _, own := s.Files[name]; own {
			n, _ := strconv.Atoi(m[2])
			return &Problem{File: name, Line: n, Message: places.ReplaceAllString(m[3], "$1")}
		}
		if inTests == nil {
			inTests = &Problem{
				File:    s.Exercise + ".go",
				Message: "the tests do not compile with it: " + m[3] + "; compare its declarations with the statement's",
			}
		}
	}
	if inTests == nil && strings.Contains(output, "exercises/"+s.Exercise) {
		inTests = linkProblem(s, output)
	}
	return inTests
}

// linkProblem is what remains: a complaint that names the package but no line,
// such as an import cycle.
func linkProblem(s Source, output string) *Problem {
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		if strings.Contains(line, "exercises/"+s.Exercise) && !strings.HasPrefix(line, "#") {
			return &Problem{File: s.Exercise + ".go", Message: line}
		}
	}
	return nil
}
