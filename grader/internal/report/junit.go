package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"gorutinas/grader/internal/results"
)

type junitSuites struct {
	XMLName xml.Name `xml:"testsuites"`
	Name    string   `xml:"name,attr"`
	junitCounts
	Suites []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name string `xml:"name,attr"`
	junitCounts
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCounts struct {
	Tests    int     `xml:"tests,attr"`
	Failures int     `xml:"failures,attr"`
	Errors   int     `xml:"errors,attr"`
	Skipped  int     `xml:"skipped,attr"`
	Time     seconds `xml:"time,attr"`
}

type junitCase struct {
	Class   string       `xml:"classname,attr"`
	Name    string       `xml:"name,attr"`
	Time    seconds      `xml:"time,attr"`
	Failure *junitReason `xml:"failure,omitempty"`
	Error   *junitReason `xml:"error,omitempty"`
	Skipped *junitReason `xml:"skipped,omitempty"`
	Output  string       `xml:"system-out,omitempty"`
}

type junitReason struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// seconds are milliseconds that are written as seconds.
type seconds int64

func (s seconds) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%d.%03d", s/1000, s%1000), nil
}

// writeJUnit writes JUnit XML: a suite a submission, a case a check.
func writeJUnit(o Options, w io.Writer, c results.Class) error {
	all := junitSuites{Name: "gorutinas"}
	for _, g := range c.Submissions {
		s := suite(o, g)
		s.Properties = properties(c.Kit)
		all.add(s.junitCounts)
		all.Suites = append(all.Suites, s)
	}
	all.Time = seconds(c.ElapsedMS)
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func properties(k results.Provenance) []junitProperty {
	all := []junitProperty{
		{"kit", k.Version}, {"go", k.Go}, {"sandbox", k.Sandbox}, {"hidden", fmt.Sprint(k.Hidden)}, {"seed", fmt.Sprint(k.Seed)},
	}
	if k.Why != "" {
		all = append(all, junitProperty{"sandbox_why", k.Why})
	}
	return all
}

func suite(o Options, g results.Grade) junitSuite {
	s := junitSuite{Name: g.ID}
	for _, i := range items(o, g) {
		c := junitCase{Class: strings.TrimSuffix(g.ID+"."+i.Exercise, "."), Name: i.Title, Time: seconds(i.MS), Output: i.Output}
		if c.Name == "" {
			c.Name = i.Exercise
		}
		s.Tests++
		s.Time += c.Time
		s.explain(&c, i, o)
		s.Cases = append(s.Cases, c)
	}
	return s
}

func (s *junitSuite) explain(c *junitCase, i item, o Options) {
	first, _, _ := strings.Cut(i.Message, "\n")
	reason := &junitReason{Message: first, Type: i.What, Text: i.feedback(o)}
	switch i.Outcome {
	case failed:
		c.Failure = reason
		s.Failures++
	case errored:
		c.Error = reason
		s.Errors++
	case skipped:
		c.Skipped = &junitReason{Message: first}
		s.Skipped++
	}
}

func (n *junitCounts) add(o junitCounts) {
	n.Tests += o.Tests
	n.Failures += o.Failures
	n.Errors += o.Errors
	n.Skipped += o.Skipped
}
