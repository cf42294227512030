package explore

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"gorutinas/exercises/internal/explore/internal/detector"
)

// TestNoFalseAlarms explores golang.org/x/sync, which is correct. Its packages
// are rewritten into an overlay, and testdata/xsync has the scenarios.
func TestNoFalseAlarms(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/sync").Output()
	require.NoError(t, err)
	here, err := os.Getwd()
	require.NoError(t, err)
	tmp := t.TempDir()
	replace := map[string]string{}
	for _, name := range []string{"errgroup/errgroup.go", "semaphore/semaphore.go", "singleflight/singleflight.go"} {
		text, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), name))
		require.NoError(t, err)
		file := filepath.Join(tmp, filepath.Base(name))
		require.NoError(t, os.WriteFile(file, withPoints(t, text), 0o600))
		replace[filepath.Join(here, "testdata", "xsync", name)] = file
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(tmp, "overlay.json"), overlay, 0o600))

	args := []string{"test", "-count=1", "-v", "-vet=off", "-overlay", filepath.Join(tmp, "overlay.json")}
	if detector.Enabled {
		args = append(args, "-race")
	}
	out, err := exec.Command("go", append(args, "./testdata/xsync")...).CombinedOutput()
	require.NoError(t, err, "%s", out)
	t.Logf("%s", out)
}

// withPoints puts explore/sync in the place of sync, and yield points around go
// statements.
func withPoints(t *testing.T, text []byte) []byte {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "x.go", text, parser.SkipObjectResolution)
	require.NoError(t, err)
	inserted := map[int]string{fset.Position(f.Name.End()).Offset: `; import "gorutinas/exercises/internal/explore/point"`}
	ast.Inspect(f, func(n ast.Node) bool {
		if g, ok := n.(*ast.GoStmt); ok {
			call := fset.Position(g.Call.Pos()).Offset
			inserted[call] = `func() { point.At("start"); `
			inserted[fset.Position(g.End()).Offset] = ` }(); point.At("go")`
		}
		return true
	})
	var b bytes.Buffer
	for i, c := range text {
		b.WriteString(inserted[i])
		b.WriteByte(c)
	}
	b.WriteString("\nvar _ = point.At\n")
	return bytes.Replace(b.Bytes(), []byte(`"sync"`), fmt.Appendf(nil, "%q", "gorutinas/exercises/internal/explore/sync"), 1)
}
