package instrument

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
)

// enough is how many of the 63 kernels exploring has to find. Those that it does
// not: Moby27782, whose two goroutines hold one lock all along, so that what is
// to go wrong cannot, and Kubernetes58107, which needs 200 000 steps of one
// goroutine before the first of another, and schedules are fair.
const enough = 60

// TestGoKer explores the real bugs of the GoKer collection, beside what an
// ordinary leak check says about one run of each.
func TestGoKer(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	t.Parallel()
	sources := kernelSources(t)
	bin := buildKernels(t, sources)
	names := kernelNames(t, sources)
	explored, leaky := make([]string, len(names)), make([]bool, len(names))
	var g errgroup.Group
	g.SetLimit(8) // most of the time they wait
	for i, name := range names {
		g.Go(func() error {
			leaky[i] = run(command(t, endurance, filepath.Join(bin, "plain.test"), "TestKernel", "KERNEL="+name)).failed
			return nil
		})
	}
	var busy errgroup.Group
	busy.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		busy.Go(func() error {
			explored[i] = exploring(t, filepath.Join(bin, "explored.test"), name)
			return nil
		})
	}
	require.NoError(t, errors.Join(g.Wait(), busy.Wait()))
	found := tableOf(t, names, explored, leaky)
	require.GreaterOrEqual(t, found, enough, "kernels that exploring finds")
}

// buildKernels builds the kernels twice, rewritten and as they are, each time
// with a test that runs one of them.
func buildKernels(t *testing.T, sources map[string][]byte) (bin string) {
	t.Helper()
	files := map[string][]byte{}
	for name, text := range rewriteChecked(t, "main", sources, false) {
		files["explored/"+name] = text
		files["plain/"+name] = sources[name]
	}
	for _, how := range []string{"explored", "plain"} {
		files[how+"/kernel_test.go"] = file(t, "goker/"+how+".go")
	}
	bin = t.TempDir()
	out, err := goCommand(t, files, "test", "-c", "-vet=off", "-o", bin+"/")
	require.NoError(t, err, out)
	return bin
}

// exploring says what exploring a kernel finds, and how; "" for nothing.
func exploring(t *testing.T, binary, kernel string) string {
	t.Helper()
	o := grade(t, command(t, endurance, binary, "TestKernel", "KERNEL="+kernel), 7)
	if len(o.Findings) == 0 {
		return ""
	}
	if n := schedule(o.output); n > 0 {
		return fmt.Sprintf("%s, schedule %d", o.Findings[0].Verdict, n)
	}
	return o.Findings[0].Verdict + ", random delays"
}

// tableOf prints what was found and counts what exploring has found.
func tableOf(t *testing.T, names, explored []string, leaky []bool) (found int) {
	t.Helper()
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "kernel\texplored\tgoleak, one run")
	checked := 0
	for i, name := range names {
		goleak := ""
		if leaky[i] {
			goleak = "found"
			checked++
		}
		if explored[i] != "" {
			found++
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", name, explored[i], goleak)
	}
	fmt.Fprintf(w, "found of %d\t%d\t%d\n", len(names), found, checked)
	w.Flush()
	t.Logf("\n%s", &text)
	return found
}
