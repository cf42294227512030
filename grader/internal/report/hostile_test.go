package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"gorutinas/grader/internal/results"
)

// hostileReport renders the hostile submission.
func hostileReport(t *testing.T, format string) string {
	t.Helper()
	return string(render(t, Options{Getenv: classroom50Env}, format, classOf(hostile())))
}

// requireNoCommands fails if a GitHub Actions log would obey a line of s.
func requireNoCommands(t *testing.T, s string) {
	t.Helper()
	require.NotContains(t, s, "##[")
	for l := range strings.Lines(s) {
		require.False(t, strings.HasPrefix(strings.TrimSpace(l), "::"), l)
	}
}

func TestHostileText(t *testing.T) {
	for _, width := range []int{40, 80, 100, 400} {
		requireNoCommands(t, string(render(t, Options{Width: width}, "text", classOf(hostile(), hostile()))))
	}
	golden(t, "hostile.report.txt", []byte(hostileReport(t, "text")))
}

func TestTextColors(t *testing.T) {
	plain := render(t, Options{}, "text", class())
	colored := render(t, Options{Color: true}, "text", class())
	require.NotContains(t, string(plain), "\x1b")
	uncolored := regexp.MustCompile(`\x1b\[\d*m`).ReplaceAll(colored, nil)
	require.Equal(t, string(plain), string(regexp.MustCompile(` +\n`).ReplaceAll(uncolored, []byte("\n"))))
}

func TestTextKeepsToTheWidth(t *testing.T) {
	for _, width := range []int{72, 80, 100, 132} {
		for l := range strings.Lines(string(render(t, Options{Width: width}, "text", class()))) {
			require.LessOrEqual(t, len([]rune(strings.TrimSuffix(l, "\n"))), width, l)
		}
	}
}

func TestHostileCSV(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(hostileReport(t, "csv"))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 2)
	for _, cell := range slices.Concat(rows...) {
		require.NotContains(t, cell, "\n")
		require.NotRegexp(t, `^[=+\-@\t\r|%]`, cell)
	}
	require.True(t, strings.HasPrefix(rows[1][0], "'=cmd"), rows[1][0])
}

func TestNoFormula(t *testing.T) {
	for _, cell := range []string{"=1", "+1", "-1", "@A", " =1", "'=1", `"=1`, "＝1", "|x"} {
		require.Equal(t, "'"+cell, noFormula(cell))
	}
	for cell, want := range map[string]string{"x;=1+1": "x;'=1+1", "a;b": "a;b", "=1; @2\t-3": "'=1;' @2\t'-3"} {
		require.Equal(t, want, noFormula(cell), "where another sign separates cells")
	}
	for _, cell := range []string{"", "7", "ana-perez", "a=b", "ñandú"} {
		require.Equal(t, cell, noFormula(cell))
	}
}

func TestHostileJUnit(t *testing.T) {
	d := xml.NewDecoder(strings.NewReader(hostileReport(t, "junit")))
	elements := map[string]int{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		if e, ok := token.(xml.StartElement); ok {
			elements[e.Name.Local]++
		}
	}
	require.Equal(t, map[string]int{"testsuites": 1, "testsuite": 1, "testcase": 2, "failure": 2, "system-out": 1, "properties": 1, "property": 5}, elements)
}

func TestJUnitCounts(t *testing.T) {
	type counts struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
	}
	var got struct {
		counts
		Suites []struct {
			counts
			Cases []struct {
				Failure []struct{} `xml:"failure"`
				Error   []struct{} `xml:"error"`
				Skip    []struct{} `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal(render(t, Options{}, "junit", class()), &got))
	var sum counts
	for _, s := range got.Suites {
		n := counts{Tests: len(s.Cases)}
		for _, c := range s.Cases {
			n.Failures, n.Errors, n.Skipped = n.Failures+len(c.Failure), n.Errors+len(c.Error), n.Skipped+len(c.Skip)
		}
		require.Equal(t, n, s.counts)
		sum = counts{sum.Tests + n.Tests, sum.Failures + n.Failures, sum.Errors + n.Errors, sum.Skipped + n.Skipped}
	}
	require.Equal(t, sum, got.counts)
	require.Equal(t, counts{17, 6, 2, 3}, sum)
}

// Rendered as GitHub renders it, a hostile submission gives no link, no image,
// no HTML but our own, and exactly the headings and tables of an honest one.
func TestHostileMarkdown(t *testing.T) {
	for _, grades := range [][]results.Grade{{hostile()}, {hostile(), hostile()}} {
		src := render(t, Options{}, "markdown", classOf(grades...))
		doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(src))
		kinds := map[string]int{}
		require.NoError(t, ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering {
				kinds[n.Kind().String()]++
			}
			if h, ok := n.(*ast.HTMLBlock); ok && entering {
				for i := range h.Lines().Len() {
					line := h.Lines().At(i)
					require.Regexp(t, `^(<details><summary>[^<>]*</summary>|</details>)\n$`, string(line.Value(src)))
				}
			}
			return ast.WalkContinue, nil
		}))
		for _, kind := range []string{"Link", "AutoLink", "Image", "RawHTML", "Emphasis", "CodeSpan", "CodeBlock", "List", "Strikethrough", "ThematicBreak"} {
			require.Zero(t, kinds[kind], "%s in\n%s", kind, src)
		}
		n := len(grades)
		require.Equal(t, 2*n, kinds["FencedCodeBlock"])
		require.Equal(t, n+n/2, kinds["Table"])
		require.Equal(t, 2*n+1, kinds["Heading"])
	}
}

func TestMarkdownFitsIntoAJobSummary(t *testing.T) {
	big := partial()
	big.Exercises[1].Checks[1].Output = strings.Repeat(strings.Repeat("x", 400)+"\n", 40)
	grades := slices.Repeat([]results.Grade{big}, 300)
	got := string(render(t, Options{}, "markdown", classOf(grades...)))
	require.Less(t, len(got), 1<<20)
	require.Contains(t, got[len(got)-200:], "\nThe rest does not fit here; it is in results.json.\n")
	require.Equal(t, strings.Count(got, "<details>"), strings.Count(got, "</details>"))
}

// Parsed as a browser does, the page of a hostile submission has the elements
// of an honest one with as many checks, and refers to nothing outside itself.
func TestHostileHTML(t *testing.T) {
	honest := graded("ana", exercise("a", results.Check{
		Name: "T", Points: 10, Verdict: results.Fail, Message: "m", Hint: "h", Output: "o", Schedule: bothSawIt[:3:3][1:],
	}), notGraded("b", results.StatusRejected, &results.Problem{File: "b.go", Line: 1, Message: "m"}))
	honest.Flags = []string{"f"}
	honest.Exercises[0].Advice = []results.Problem{{File: "a.go", Line: 1, Message: "m"}, {Message: "m"}}
	for n := range 3 {
		want := elements(t, render(t, Options{}, "html", classOf(slices.Repeat([]results.Grade{honest}, n)...)))
		got := elements(t, render(t, Options{}, "html", classOf(slices.Repeat([]results.Grade{hostile()}, n)...)))
		require.Equal(t, want, got)
	}
}

func elements(t *testing.T, page []byte) []string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	require.NoError(t, err)
	var names []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		names = append(names, n.Data)
		require.NotContains(t, []string{"script", "link", "img", "iframe", "base", "object"}, n.Data)
		for _, a := range n.Attr {
			names = append(names, n.Data+"@"+a.Key)
			require.NotContains(t, []string{"src", "style", "onerror", "action"}, a.Key)
			require.True(t, a.Key != "href" || strings.HasPrefix(a.Val, "#s"), a.Val)
		}
	}
	return names
}

func TestHostileGradescope(t *testing.T) {
	var got gradescopeResults
	require.NoError(t, json.Unmarshal([]byte(hostileReport(t, "gradescope")), &got))
	require.Len(t, got.Tests, 2)
	for _, test := range got.Tests {
		require.Equal(t, "text", test.Format)
		require.Equal(t, "visible", test.Visibility)
		require.NotContains(t, test.Name, "\n")
	}
}

func TestClassroom50Schema(t *testing.T) {
	text, err := os.ReadFile("testdata/classroom50-result-v1.schema.json")
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource("result.json", doc))
	schema, err := c.Compile("result.json")
	require.NoError(t, err)
	for _, g := range []results.Grade{partial(), perfect(), failing(), unreadable(), starved(), hostile()} {
		report := render(t, Options{Getenv: classroom50Env}, "classroom50", unboxed(g))
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(report))
		require.NoError(t, err)
		require.NoError(t, schema.Validate(doc))
	}
}

func TestClassroom50NeedsItsEnvironment(t *testing.T) {
	err := Write(Options{}, "classroom50", io.Discard, classOf(perfect()))
	require.ErrorContains(t, err, "is not set in the environment")
	err = Write(Options{Getenv: func(string) string { return "x" }}, "classroom50", io.Discard, classOf(perfect()))
	require.ErrorContains(t, err, "does not begin with submit/")
}
