package instrument

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the rewritten programs of testdata/rewrite")

// Each archive of testdata/rewrite holds a program and its rewritten form, with
// Shared if its comment says so.
func TestRewrittenText(t *testing.T) {
	paths, err := filepath.Glob("testdata/rewrite/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			before := archive.Files[0].Data
			shared := strings.HasPrefix(string(archive.Comment), "Shared:")
			got := rewriteChecked(t, "p", map[string][]byte{"p.go": before}, shared)["p.go"]
			if *update {
				archive.Files = append(archive.Files[:1], txtar.File{Name: "after.go", Data: got})
				require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o600))
				return
			}
			require.Equal(t, string(archive.Files[1].Data), string(got))
		})
	}
}

// rewriteBoth rewrites with and without Shared and returns the latter.
func rewriteBoth(t *testing.T, src string) string {
	t.Helper()
	sources := map[string][]byte{"p.go": []byte(src)}
	rewriteChecked(t, "p", sources, true)
	return string(rewriteChecked(t, "p", sources, false)["p.go"])
}

func TestLineEndsAndByteOrderMarkSurvive(t *testing.T) {
	src := "\ufeffpackage p\n\nimport \"sync\"\n\nvar mu sync.Mutex\n\n" +
		"func f(a, b chan string) {\n\tselect {\n\tcase a <- `raw\ntext` +\n\t\t\"x\":\n\tcase x := <-b: // why\n\t\t_ = x\n\t}\n\ta <- `raw\ntext` + <-b\n\tgo f(\n\t\ta,\n\t\tb,\n\t)\n}\n"
	unix := rewriteBoth(t, src)
	dos := rewriteBoth(t, strings.ReplaceAll(src, "\n", "\r\n"))
	require.Equal(t, unix, strings.ReplaceAll(dos, "\r\n", "\n"))
	require.Equal(t, strings.Count(dos, "\n"), strings.Count(dos, "\r\n"))
	require.True(t, strings.HasPrefix(dos, "\ufeffpackage p; import kitǃpoint "))
}

// More cases than a compiler copes with stay as they are, but for a yield.
func TestManyCasesStayASelect(t *testing.T) {
	program := func(n int) string {
		return "package p\n\nfunc f(c chan int) {\n\tselect {\n" + strings.Repeat("\tcase <-c:\n", n) + "\t}\n}\n"
	}
	require.Contains(t, rewriteBoth(t, program(mostCases)), "switch ")
	require.Contains(t, rewriteBoth(t, program(mostCases+1)), `case <-kitǃpoint.Before("select", c):`)
}

func TestNothingToDoChangesNothing(t *testing.T) {
	for _, src := range []string{
		"package p",
		"// Package p.\npackage p // p\n\n\n",
		"package p\n\nimport _ \"fmt\"\n\nfunc f(x int) int { return -x }\n",
		"package p\n\nfunc f() { select {} }\n",
		"package p\n\nfunc close(x int) int { return x }\n\nfunc f() int { defer close(1); return close(2) }\n",
		"package p\n\ntype runtime struct{}\n\nfunc (runtime) Gosched() {}\n\nfunc f() { runtime{}.Gosched() }\n",
	} {
		require.Equal(t, src, rewriteBoth(t, src))
	}
}

func TestNamesOfTheCandidateAreAvoided(t *testing.T) {
	got := rewriteBoth(t, "package p\n\nfunc f(c chan int) (kitǃpoint int) { return <-c }\n")
	require.Contains(t, got, "kitǃǃpoint.Before(")
}

func TestSourceIsNeeded(t *testing.T) {
	p, _ := check(t, "p", map[string][]byte{"p.go": []byte("package p")})
	p.Sources = nil
	_, err := Rewrite(p)
	require.ErrorContains(t, err, "rewriting p.go: its source was not given")
}

func TestInputIsLeftAlone(t *testing.T) {
	src := []byte("package p\n\nfunc f(c chan int) { <-c }\n")
	p, _ := check(t, "p", map[string][]byte{"p.go": src})
	kept := bytes.Clone(src)
	_, err := Rewrite(p)
	require.NoError(t, err)
	require.Equal(t, kept, src)
}
