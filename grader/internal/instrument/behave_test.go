package instrument

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A rewritten program prints what the original prints, panics on the same line,
// and exits the same way.
func TestBehaviourStays(t *testing.T) {
	t.Parallel()
	programs := map[string][]byte{}
	for _, path := range append(runnable(t), "testdata/behave/tour.go") {
		src, err := os.ReadFile(path)
		require.NoError(t, err)
		programs[strings.TrimSuffix(filepath.Base(path), ".go")] = src
	}
	bin := buildAll(t, programs)
	for name := range programs {
		t.Run(name, func(t *testing.T) {
			before := said(filepath.Join(bin, name+"-before"))
			after := said(filepath.Join(bin, name+"-after"))
			require.Equal(t, before, after)
		})
	}
}

// runnable are the compiler's own tests of channels that are whole programs.
func runnable(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, path := range compilerTests(t) {
		if filepath.Base(filepath.Dir(path)) != "chan" {
			continue
		}
		src, err := os.ReadFile(path)
		require.NoError(t, err)
		if strings.HasPrefix(string(src), "// run\n") {
			found = append(found, path)
		}
	}
	return found
}

// buildAll builds each program as it is and rewritten, in one go command.
func buildAll(t *testing.T, programs map[string][]byte) string {
	t.Helper()
	files := map[string][]byte{}
	for name, src := range programs {
		files[name+"-before/main.go"] = src
		files[name+"-after/main.go"] = rewriteChecked(t, "main", map[string][]byte{"main.go": src}, name != "tour")["main.go"]
	}
	bin := t.TempDir()
	out, err := goCommand(t, files, "build", "-o", bin+"/")
	require.NoError(t, err, out)
	return bin
}

// said is what a program prints and how it ends, without what differs from one
// run to the next: the frames of the goroutine that ended it are compared by
// their lines.
func said(binary string) string {
	out, err := exec.Command(binary).CombinedOutput()
	text := regexp.MustCompile(`0x[0-9a-f]+|-(before|after)\b|\+0x.*`).ReplaceAllString(string(out), "")
	return fmt.Sprint(text, err)
}

// Packages with tests of their own pass them when both are rewritten.
func TestPackagesPassTheirTestsRewritten(t *testing.T) {
	t.Parallel()
	packages := []string{"errgroup", "semaphore", "singleflight"}
	files := map[string][]byte{}
	for _, name := range packages {
		for file, text := range rewrittenPackage(t, name) {
			files[name+"/"+file] = []byte(strings.ReplaceAll(string(text), `"golang.org/x/sync/`, `"gorutinas/exercises/zz-rewritten/`))
		}
	}
	bin := t.TempDir()
	out, err := goCommand(t, files, "test", "-c", "-vet=off", "-o", bin+"/")
	require.NoError(t, err, out)
	for _, name := range packages {
		out, err := exec.Command(filepath.Join(bin, name+".test"), "-test.timeout=2m").CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
}

// rewrittenPackage is a package of golang.org/x/sync with its tests, rewritten.
func rewrittenPackage(t *testing.T, name string) map[string][]byte {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "golang.org/x/sync/"+name).Output()
	require.NoError(t, err)
	paths, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(dir)), "*.go"))
	require.NoError(t, err)
	inside, outside := map[string][]byte{}, map[string][]byte{}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		require.NoError(t, err)
		if strings.Contains(string(src), "\npackage "+name+"_test") {
			outside[filepath.Base(path)] = src
		} else {
			inside[filepath.Base(path)] = src
		}
	}
	all := rewriteChecked(t, name, inside, false)
	maps.Copy(all, rewriteChecked(t, name+"_test", outside, false))
	return all
}
