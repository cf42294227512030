// Package report writes a graded class in the forms that people and other
// programs read: one file a format, each a function of a writer and a class.
package report

import (
	"fmt"
	"io"
	"slices"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// Format writes a class in one form.
type Format func(io.Writer, results.Class) error

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

// formats are all formats, by the name that --report and --format take. Each
// gets a class that [prepare] has made safe and put into the reader's language.
var formats = []struct {
	name, file string
	write      func(Options, io.Writer, results.Class) error
}{
	{"text", "report.txt", writeText},
	{"html", "report.html", writeHTML},
	{"csv", "grades.csv", writeCSV},
	{"junit", "junit.xml", writeJUnit},
	{"markdown", "report.md", writeMarkdown},
	{"gradescope", "gradescope.json", writeGradescope},
	{"classroom", "classroom.txt", writeClassroom},
	{"classroom50", "result.json", writeClassroom50},
	{"annotations", "annotations.txt", writeAnnotations},
}

// Formats returns all formats by name.
func Formats(o Options) map[string]Format {
	all := make(map[string]Format, len(formats))
	for _, f := range formats {
		all[f.name] = func(w io.Writer, c results.Class) error {
			if err := f.write(o, w, prepare(o.Lang, c)); err != nil {
				return fmt.Errorf("%s report: %w", f.name, err)
			}
			return nil
		}
	}
	return all
}

// Names returns the formats' names in the order in which help lists them.
func Names() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// File returns the file name that a report in format has in the output
// directory, or "" for an unknown format.
func File(format string) string {
	for _, f := range formats {
		if f.name == format {
			return f.file
		}
	}
	return ""
}

// one returns the only submission of c, for formats that can hold no more.
func one(c results.Class) (results.Grade, error) {
	if n := len(c.Submissions); n != 1 {
		return results.Grade{}, fmt.Errorf("it holds one submission and these results have %d; grade one submission alone", n)
	}
	return c.Submissions[0], nil
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
