package instrument

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// Packages with many goroutines, channels and selects, as far as a type checker
// can follow them here.
var concurrent = []string{
	"sync", "time", "io", "os", "os/exec", "os/signal", "container/heap", "container/list", "container/ring",
	"net", "net/http", "net/http/internal", "net/http/httptest", "net/rpc", "net/textproto", "crypto/tls",
	"database/sql", "log/slog", "testing", "testing/synctest", "iter", "go/types", "internal/singleflight", "internal/trace",
	"golang.org/x/sync/errgroup", "golang.org/x/sync/semaphore", "golang.org/x/sync/singleflight", "golang.org/x/sync/syncmap",
}

// The standard library compiles as before when it is rewritten, with its tests.
func TestLibraryCompilesRewritten(t *testing.T) {
	if testing.Short() {
		t.Skip("type-checks a quarter of the standard library four times")
	}
	t.Parallel()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Dir,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles"}, concurrent...)...)
	out, err := cmd.Output()
	require.NoError(t, err)
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p struct {
			ImportPath, Dir                              string
			GoFiles, CgoFiles, TestGoFiles, XTestGoFiles []string
		}
		require.NoError(t, dec.Decode(&p))
		t.Run(p.ImportPath, func(t *testing.T) {
			both(t, p.ImportPath, read(t, p.Dir, p.GoFiles, p.CgoFiles, p.TestGoFiles))
			both(t, p.ImportPath+"_test", read(t, p.Dir, p.XTestGoFiles))
		})
	}
}

// operations is in every program that has something to rewrite.
var operations = regexp.MustCompile(`<-|\bgo |\bchan\b|\bselect\b|"sync|AfterFunc|Gosched`)

// So do the programs that the Go project keeps to test its compiler: all of the
// language is in there. It must not matter how they are formatted.
func TestCompilerTestsCompileRewritten(t *testing.T) {
	t.Parallel()
	n := 0
	for _, path := range compilerTests(t) {
		src, err := os.ReadFile(path)
		require.NoError(t, err)
		first, _, _ := strings.Cut(string(src), "\n")
		if first != "// run" && first != "// compile" || !operations.Match(src) {
			continue
		}
		n++
		t.Run(filepath.Base(path), func(t *testing.T) {
			both(t, "main", map[string][]byte{"p.go": src})
			both(t, "main", map[string][]byte{"p.go": squeezed(t, src)})
		})
	}
	t.Logf("%d programs", n)
}

func compilerTests(t *testing.T) []string {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	require.NoError(t, err)
	dir := filepath.Join(strings.TrimSpace(string(root)), "test")
	var all []string
	for _, pattern := range []string{"*.go", "chan/*.go", "ken/*.go", "typeparam/*.go", "fixedbugs/*.go"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		require.NoError(t, err)
		all = append(all, paths...)
	}
	if len(all) == 0 {
		t.Skip("this Go installation has no test directory")
	}
	return all
}

func both(t *testing.T, path string, sources map[string][]byte) {
	t.Helper()
	if len(sources) > 0 {
		rewriteChecked(t, path, sources, false)
		rewriteChecked(t, path, sources, true)
	}
}

func read(t *testing.T, dir string, lists ...[]string) map[string][]byte {
	t.Helper()
	sources := map[string][]byte{}
	for _, list := range lists {
		for _, name := range list {
			src, err := os.ReadFile(filepath.Join(dir, name))
			require.NoError(t, err)
			sources[name] = src
		}
	}
	return sources
}
