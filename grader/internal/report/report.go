// Package report writes a graded class in the forms that people and other
// programs read, one file a format.
package report

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// Options say for whom a report is written. The zero value is an English
// report without colours.
type Options struct {
	Lang   string              // "es", or anything else for English
	Width  int                 // characters a line of text may have; 0 means 100
	Color  bool                // text may use terminal colours
	Getenv func(string) string // environment of the formats that read one; nil: all unset
}

func (o Options) word(key string) string { return message.Word(o.Lang, key) }

func (o Options) width() int {
	if o.Width <= 0 {
		return 100
	}
	return max(o.Width, 40)
}

func (o Options) getenv(key string) string {
	if o.Getenv == nil {
		return ""
	}
	return o.Getenv(key)
}

// format is one of those that --report and --format take.
type format struct {
	name, file string
	write      func(Options, io.Writer, results.Class) error // of what [prepare] has made
	single     bool                                          // it holds one submission: write gets a class of one
}

var formats = []format{
	{name: "text", file: "report.txt", write: writeText},
	{name: "html", file: "report.html", write: writeHTML},
	{name: "csv", file: "grades.csv", write: writeCSV},
	{name: "junit", file: "junit.xml", write: writeJUnit},
	{name: "markdown", file: "report.md", write: writeMarkdown},
	{name: "gradescope", file: "gradescope.json", write: writeGradescope, single: true},
	{name: "classroom", file: "classroom.txt", write: writeClassroom, single: true},
	{name: "classroom50", file: "result.json", write: writeClassroom50, single: true},
	{name: "annotations", file: "annotations.txt", write: writeAnnotations},
}

func lookup(name string) (format, error) {
	for _, f := range formats {
		if f.name == name {
			return f, nil
		}
	}
	return format{}, fmt.Errorf("no report format is called %q; there are %s", name, strings.Join(Names(), ", "))
}

// Names returns the formats' names in the order in which help lists them.
func Names() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// File returns the file name that a report in the format called name has in the output
// directory. An unknown name is an error.
func File(name string) (string, error) {
	f, err := lookup(name)
	return f.file, err
}

// Fits says why a report in the format called name cannot hold a class of n submissions.
func Fits(name string, n int) error {
	f, err := lookup(name)
	if err == nil && f.single && n != 1 {
		err = fmt.Errorf("%s report: it holds one submission and there are %d; grade one submission alone", name, n)
	}
	return err
}

// Write writes c to w in the format called name. A class that the format cannot hold
// is an error, as it is for [Fits], and nothing is written.
func Write(o Options, name string, w io.Writer, c results.Class) error {
	if err := Fits(name, len(c.Submissions)); err != nil {
		return err
	}
	f, err := lookup(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w) // templates write word by word
	if err := errors.Join(f.write(o, out, prepare(o.Lang, c)), out.Flush()); err != nil {
		return fmt.Errorf("%s report: %w", name, err)
	}
	return nil
}

// banners are what every reader must know of how these results came about.
func (o Options) banners(c results.Class) []string {
	var all []string
	if c.Kit.Sandbox == "none" {
		all = append(all, o.word("no_sandbox"))
	}
	if c.Kit.Why != "" {
		all = append(all, fmt.Sprintf("%s %s: %s", o.word("sandbox"), c.Kit.Sandbox, message.Problem(o.Lang, c.Kit.Why)))
	}
	if !c.Kit.Hidden {
		all = append(all, o.word("visible_only"))
	}
	if c.Kit.NoRace {
		all = append(all, o.word("no_race"))
	}
	if c.Unfinished > 0 {
		all = append(all, fmt.Sprintf("%s: %d", o.word("unfinished"), c.Unfinished))
	}
	return all
}

// provenance is what a grading depends on besides the submissions.
func (o Options) provenance(k results.Provenance) string {
	return fmt.Sprintf("%s · %s %s · %s %d", k.Go, o.word("sandbox"), k.Sandbox, o.word("seed"), k.Seed)
}

func lost(c results.Check) bool { return c.Verdict != results.Pass }

// passesAll says that nothing of e needs the reader's attention.
func passesAll(e results.Exercise) bool {
	return e.Status == results.StatusGraded && !slices.ContainsFunc(e.Checks, lost)
}

// place is "file:line", "file" or "".
func place(file string, line int) string {
	if file == "" || line <= 0 {
		return file
	}
	return fmt.Sprintf("%s:%d", file, line)
}
