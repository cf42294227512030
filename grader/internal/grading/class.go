package grading

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/submission"
)

// Progress hears of a class while it is graded, from one goroutine at a time.
type Progress interface {
	Start(total int)
	Done(results.Grade)
	End()
}

// Class grades the submissions refs into the directory out: each to
// out/submissions/ID.json as soon as it is known. A submission that the machine
// and not the student kept from being graded becomes a row with status error;
// the first such error is returned when all others are graded. When ctx is done,
// what was graded by then is returned with ctx's error.
func (g *Grader) Class(ctx context.Context, refs []submission.Ref, out string, p Progress) (results.Class, error) {
	class := results.Class{
		Schema: results.Schema, Kit: g.provenance,
		Started: time.Now().UTC().Truncate(time.Second), Submissions: []results.Grade{},
	}
	start := time.Now()
	rows := make([]row, len(refs))
	p.Start(len(refs))
	for i := range g.each(ctx, refs, out, rows) {
		if rows[i].graded {
			p.Done(rows[i].grade)
		}
	}
	p.End()
	for _, r := range rows {
		if r.graded {
			class.Submissions = append(class.Submissions, r.grade)
		}
	}
	class.Unfinished = len(refs) - len(class.Submissions)
	class.ElapsedMS = time.Since(start).Milliseconds()
	return class, cmp.Or(ctx.Err(), trouble(rows))
}

// trouble is the first of the rows' errors, and how many there are: the same
// cause, such as a full disk, seldom stops at one submission.
func trouble(rows []row) error {
	var first error
	n := 0
	for _, r := range rows {
		if r.err != nil {
			first = cmp.Or(first, r.err)
			n++
		}
	}
	if n > 1 {
		return fmt.Errorf("%w (and %d more submissions of %d)", first, n-1, len(rows))
	}
	return first
}

// row is a place for one submission's grade.
type row struct {
	grade  results.Grade
	graded bool // false: interrupted
	err    error
}

// each fills rows and sends the index of every row when it is final. The
// channel closes when all are.
func (g *Grader) each(ctx context.Context, refs []submission.Ref, out string, rows []row) <-chan int {
	final := make(chan int)
	go func() {
		defer close(final)
		var group errgroup.Group
		group.SetLimit(g.Jobs)
		for i, ref := range refs {
			group.Go(func() error {
				rows[i] = g.row(ctx, ref, out)
				final <- i
				return nil
			})
		}
		_ = group.Wait() // no function of the group fails
	}()
	return final
}

// row opens and grades a submission and writes its grade.
func (g *Grader) row(ctx context.Context, ref submission.Ref, out string) row {
	if ctx.Err() != nil {
		return row{}
	}
	grade, err := g.Submission(ctx, ref)
	if ctx.Err() != nil {
		return row{}
	}
	if err != nil {
		grade.Status, grade.Score = results.StatusError, 0
		grade.Problem = results.Clip("the grader could not grade it, which is not the submission's fault: " + err.Error())
		err = fmt.Errorf("%s: %w", grade.ID, err)
	}
	written := results.WriteFile(filepath.Join(out, "submissions", fileName(grade.ID)), grade)
	return row{grade: grade, graded: true, err: cmp.Or(err, written)}
}

// fileName is the name of the file for a submission's grade: the id, escaped so
// that every id is one plain name, and cut where a file system would refuse it.
func fileName(id string) string {
	name := url.PathEscape(id)
	if strings.HasPrefix(name, ".") {
		name = "%2E" + name[1:]
	}
	const most = 200 // of the 255 bytes that most file systems allow
	if len(name) > most {
		sum := sha256.Sum256([]byte(id))
		name = name[:most] + "-" + hex.EncodeToString(sum[:8])
	}
	return name + ".json"
}
