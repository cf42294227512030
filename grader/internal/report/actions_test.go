package report

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
)

func classroomOf(t *testing.T, g results.Grade) (r classroomResult, size int) {
	t.Helper()
	output := string(render(t, Options{}, "classroom", classOf(g)))
	return decoded(t, output), base64.StdEncoding.DecodedLen(len(output))
}

func decoded(t *testing.T, output string) (r classroomResult) {
	t.Helper()
	text, err := base64.StdEncoding.DecodeString(output)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &r))
	return r
}

func TestHostileLog(t *testing.T) {
	var got strings.Builder
	said := "grader: " + attack + "\n[1/2] \"##[error]pwned\" 0/10\n"
	n, err := fmt.Fprint(Log(&got), said)
	require.NoError(t, err)
	require.Equal(t, len(said), n)
	requireNoCommands(t, got.String())
	require.Contains(t, got.String(), "[1/2] \"## [error]pwned\" 0/10\n")
}

func TestHostileClassroom(t *testing.T) {
	r, _ := classroomOf(t, hostile())
	require.Len(t, r.Tests, 2)
	for _, test := range r.Tests {
		requireNoCommands(t, test.Name+"\n"+test.Code+"\n"+test.Message)
		require.NotContains(t, test.Name, "\n")
		require.NotContains(t, test.Name, "::")
	}
}

// The whole curriculum, with as much to say as a check can have, fits into an
// environment variable; scores and lines are never what is cut.
func TestClassroomFits(t *testing.T) {
	var all []results.Exercise
	for n := range 27 {
		var checks []results.Check
		for i := range 8 {
			checks = append(checks, results.Check{
				Name: "Test", Title: strings.Repeat("título ", 20), Points: 1, Verdict: results.Fail, Line: i + 1, File: "x.go",
				Message: strings.Repeat("ñ", 2000), Hint: strings.Repeat("h", 2000), Schedule: slices.Repeat(bothSawIt, 9),
			})
		}
		all = append(all, exercise(fmt.Sprintf("exercise%d", n), checks...))
	}
	r, size := classroomOf(t, graded("ana", all...))
	require.Less(t, size, classroomLimit)
	require.Len(t, r.Tests, 27*8)
	require.Equal(t, 8, r.Tests[215].Line)
	require.True(t, strings.HasPrefix(r.Tests[215].Name, "exercise26: t"), r.Tests[215].Name)
}

func TestHostileAnnotations(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(hostileReport(t, "annotations"), "\n"), "\n")
	require.Len(t, lines, 2)
	for _, l := range lines {
		require.Regexp(t, `^::error file=[^:,]*,line=\d+,title=[^:,]*::`, l)
		require.NotContains(t, l, "##[")
		require.LessOrEqual(t, len([]rune(l)), longestAnnotation)
	}
}

func TestAnnotationsAreTenAndTheRest(t *testing.T) {
	var checks []results.Check
	for range 13 {
		checks = append(checks, results.Check{Name: "T", Points: 1, Verdict: results.Fail, Message: "no", File: "a.go", Line: 3})
	}
	got := string(render(t, Options{}, "annotations", classOf(graded("ana", exercise("a", checks...)))))
	require.Equal(t, 10, strings.Count(got, "::error "))
	require.True(t, strings.HasSuffix(got, "\n::notice::… 3 more\n"), got)
}
