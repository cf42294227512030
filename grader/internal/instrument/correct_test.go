package instrument

import (
	"flag"
	"maps"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var schedules = flag.Int("schedules", 2_000, "how many `schedules` of correct programs to explore")

// correct are the packages that are explored: golang.org/x/sync, and containers
// of the standard library, which testdata/correct uses under locks.
var correct = []string{
	"golang.org/x/sync/errgroup", "golang.org/x/sync/semaphore", "golang.org/x/sync/singleflight",
	"container/heap", "container/list", "container/ring",
}

// TestNoFalseAlarms explores programs that are correct, with a yield point also
// wherever they touch shared memory. -schedules=100000 takes a minute.
func TestNoFalseAlarms(t *testing.T) {
	t.Parallel()
	for _, race := range []bool{false, true} {
		t.Run("race "+strconv.FormatBool(race), func(t *testing.T) {
			if race && testing.Short() {
				t.Skip("the detector is slow")
			}
			bin := buildCorrect(t, race)
			cmd := command(t, longer, filepath.Join(bin, "correct.test"), "TestCorrect", "EACH="+strconv.Itoa(*schedules/6))
			cmd.Args = append(cmd.Args, "-test.v", "-test.timeout=0", "-probe.seed=7")
			o := run(cmd)
			require.False(t, o.failed, o.output)
			sum := inAll.FindStringSubmatch(o.output)
			require.NotNil(t, sum, o.output)
			t.Log(sum[0])
			n, _ := strconv.Atoi(sum[1])
			require.GreaterOrEqual(t, n, *schedules, o.output)
		})
	}
}

var inAll = regexp.MustCompile(`in all (\d+) schedules, .*`)

func buildCorrect(t *testing.T, race bool) (bin string) {
	t.Helper()
	files := map[string][]byte{
		"correct/scenarios_test.go": file(t, "correct/scenarios.go"),
		"correct/correct_test.go":   file(t, "correct/correct.go"),
	}
	maps.Copy(files, rewritten(t, "containers", map[string][]byte{"containers.go": file(t, "correct/containers.go")}))
	for _, p := range correct {
		maps.Copy(files, rewritten(t, path.Base(p), sourcesOf(t, p)))
	}
	bin = t.TempDir()
	flags := []string{"-c", "-vet=off", "-o", bin + "/"}
	if race {
		flags = append(flags, "-race")
	}
	out, err := goCommand(t, files, "test", flags...)
	require.NoError(t, err, out)
	return bin
}

// rewritten rewrites a package, which is to use those of correct as rewritten.
func rewritten(t *testing.T, name string, sources map[string][]byte) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for base, text := range rewriteChecked(t, name, sources, true) {
		s := string(text)
		for _, p := range correct {
			s = strings.ReplaceAll(s, strconv.Quote(p), strconv.Quote("gorutinas/exercises/zz-rewritten/"+path.Base(p)))
		}
		files[name+"/"+base] = []byte(s)
	}
	return files
}

// sourcesOf are the files of a package without its tests.
func sourcesOf(t *testing.T, path string) map[string][]byte {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}{{range .GoFiles}}\n{{.}}{{end}}", path).Output()
	require.NoError(t, err)
	dir, names, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return read(t, dir, strings.Split(names, "\n"))
}
