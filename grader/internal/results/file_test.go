package results

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

// full has a value in every field.
func full() Class {
	return Class{
		Schema: Schema, Started: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), ElapsedMS: 81234,
		Kit:   Provenance{Version: "f00d", Go: "go1.26.8", Sandbox: "full", Hidden: true, Seed: 1<<64 - 1},
		Shard: &Shard{Index: 1, Count: 3}, Unfinished: 2,
		Submissions: []Grade{{
			ID: "ana-perez", Source: "ana]-perez.zip", Status: StatusGraded, Problem: "none", Score: 7, MaxScore: 10,
			Flags: []string{"forged output in balance"},
			Exercises: []Exercise{{
				Name: "balance", Status: StatusGraded, Problem: &Problem{"balance.go", 14, "no"}, Score: 7, MaxScore: 10,
				Checks: []Check{{
					Name: "TestConcurrentWithdrawals", Title: "withdrawals", Kind: "race", Points: 3, Score: 0, Verdict: Race,
					Code: "race.two_writes", Args: []string{"balance", "balance.go:14", "balance.go:20"}, Message: "two",
					Schedule: []Step{{1, "balance.go", 18, "Lock"}}, File: "balance.go", Line: 20,
					Output: "a\n\x1b[31mb\x00", Hint: "lock", ElapsedMS: 12,
				}},
			}},
		}, {
			ID: "bob", Source: "bob", Status: StatusError, Problem: "not an archive", Exercises: []Exercise{},
		}},
	}
}

func written(t *testing.T, c Class) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "results.json")
	require.NoError(t, WriteFile(path, c))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return text
}

func TestWriteAndRead(t *testing.T) {
	for name, c := range map[string]Class{
		"full":  full(),
		"empty": {Schema: Schema, Submissions: []Grade{}},
	} {
		text := written(t, c)
		got, err := Read(bytes.NewReader(text))
		require.NoError(t, err, name)
		require.Equal(t, c, got, name)

	}
}

func TestWriteHasNoNull(t *testing.T) {
	for _, c := range []Class{{}, {Submissions: []Grade{{ID: "a"}, {ID: "b", Exercises: []Exercise{{Name: "x"}}}}}} {
		require.NotContains(t, string(written(t, c)), "null")
	}
}

func TestReadRefuses(t *testing.T) {
	const empty = `{"schema":"gorutinas/results/v1","submissions":[]}`
	submissions := func(fields string) string {
		return `{"schema":"gorutinas/results/v1","submissions":[{"id":"ana",` + fields + `}]}`
	}
	_, err := Read(strings.NewReader(empty + "\n"))
	require.NoError(t, err)
	for text, want := range map[string]string{
		"": "EOF", "{": "unexpected EOF", "[]": "cannot unmarshal array",
		`{}`: "schema is", `{"schema":"gorutinas/results/v2"}`: "schema is",
		`{"schema":"gorutinas/results/v1"}`:                    "it has no submissions",
		`{"schema":"gorutinas/results/v1","submissions":null}`: "it has no submissions",
		empty + empty: "something follows its end",
		empty + "}":   "something follows its end",
		submissions(`"status":"graded","exercises":[{"name":"x","status":"graded","checks":[{"name":"TestX","verdict":"meh"}]}]`): `"ana": "TestX" has the unknown verdict "meh"`,
		submissions(`"status":"graded","exercises":[{"name":"x","status":"error"}]`):                                              `"ana": "x" has the unknown status "error"`,
		submissions(`"status":"missing"`):       `"ana" has the unknown status "missing"`,
		submissions(`"status":"\u001b[31mred"`): `"ana" has the unknown status "\x1b[31mred"`,
		submissions(`"source":"ana.zip"`):       `"ana" has the unknown status ""`,
	} {
		_, err := Read(strings.NewReader(text))
		require.ErrorContains(t, err, want, text)
		require.Regexp(t, "; (grade again|name one that)", err.Error(), text)
	}
	_, err = ReadFile(filepath.Join(t.TempDir(), "none.json"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestWriteFileIsAtomic(t *testing.T) {
	path := filepath.Join(t.TempDir(), "results.json")
	c := full()
	require.NoError(t, WriteFile(path, c))

	broken := errors.New("disk on fire")
	require.ErrorIs(t, Atomically(path, func(w io.Writer) error {
		_, err := io.WriteString(w, "{")
		return cmp.Or(err, broken)
	}), broken)

	got, err := ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, c, got)
	left, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, left, 1, "no unfinished file is left behind")
}

func TestEnsureWritable(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "grades")
	require.NoError(t, EnsureWritable(dir))
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)

	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o644))
	require.EqualError(t, EnsureWritable(filepath.Join(file, "grades")), "write "+filepath.Join(file, "grades", "results.json")+": not a directory")
}

func TestGradeFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "submissions", "ana.json")
	want := full().Submissions[0]
	require.NoError(t, WriteFile(path, want))
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	var got Grade
	require.NoError(t, json.Unmarshal(text, &got))
	require.Equal(t, want, got)
}

func schema(t *testing.T) (*jsonschema.Schema, map[string]any) {
	t.Helper()
	text, err := os.ReadFile("results-v1.schema.json")
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource("results.json", doc))
	s, err := c.Compile("results.json")
	require.NoError(t, err)
	return s, doc.(map[string]any)
}

func TestSchema(t *testing.T) {
	s, _ := schema(t)
	for name, tt := range map[string]struct {
		change func(*Class)
		valid  bool
	}{
		"full":            {func(*Class) {}, true},
		"no submissions":  {func(c *Class) { c.Submissions = nil }, true},
		"negative score":  {func(c *Class) { c.Submissions[0].Score = -1 }, false},
		"unknown verdict": {func(c *Class) { c.Submissions[0].Exercises[0].Checks[0].Verdict = "meh" }, false},
		"unknown status":  {func(c *Class) { c.Submissions[0].Status = StatusMissing }, false},
		"unknown sandbox": {func(c *Class) { c.Kit.Sandbox = "" }, false},
	} {
		c := full()
		tt.change(&c)
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(written(t, c)))
		require.NoError(t, err)
		require.Equal(t, tt.valid, s.Validate(doc) == nil, "%s: %v", name, s.Validate(doc))
	}
}

// The schema and the structs name the same fields and require the same ones.
func TestSchemaNamesEveryField(t *testing.T) {
	_, doc := schema(t)
	defs := doc["$defs"].(map[string]any)
	for def, of := range map[string]any{
		"": Class{}, "kit": Provenance{}, "shard": Shard{}, "grade": Grade{}, "exercise": Exercise{},
		"problem": Problem{}, "check": Check{}, "step": Step{},
	} {
		object := doc
		if def != "" {
			object = defs[def].(map[string]any)
		}
		var named, required []string
		for f := range reflect.TypeOf(of).Fields() {
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			named = append(named, name)
			if options == "" {
				required = append(required, name)
			}
		}
		require.ElementsMatch(t, required, object["required"], def)
		properties := object["properties"].(map[string]any)
		require.Len(t, properties, len(named), def)
		for _, name := range named {
			require.Contains(t, properties, name, def)
		}
	}
}
