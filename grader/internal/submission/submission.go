// Package submission turns what students handed in, in whatever packing, into
// candidates. It is the only code of the grader that touches untrusted files:
// through os.Root, regular files only, and within the caps of limits.go.
package submission

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
)

// Submission is what one student handed in.
type Submission struct {
	ID         string
	Source     string               // where it was found, for people
	Candidates map[string]Candidate // by exercise, one for every exercise of the kit
	Flags      []string             // what an instructor should look at
	Err        error                // why it could not be read: one sentence with a next step
}

// Candidate is a submission's files for one exercise.
type Candidate struct {
	Exercise string
	Files    map[string][]byte // base name → content as handed in: NAME.go and helpers, no tests
	Found    []string          // when NAME.go is missing: the .go files there are
	Err      error             // why its files cannot be used: one sentence with a next step
}

// Kit is what the kit itself has: a submission's copies of that are not used.
type Kit struct {
	// Exercises are the names of the exercises to look for.
	Exercises []string
	// Files holds the Sum of every file of the kit that a submission may hold
	// too, by slash path from the kit's root ("exercises/balance/main_test.go",
	// "go.mod"). A file of an exercise's directory that is listed here is never
	// taken from a submission, unless it is the exercise's NAME.go. A submission
	// whose copy has another Sum gets a flag; with an empty Sum none.
	Files map[string]string
}

// Ref is a submission that was found and not yet opened.
type Ref struct {
	ID     string // the name of its directory, or of its file without extension
	Path   string // a directory or an archive
	Folder string // the submission's own folder, within the archive at Path
	Inner  string // the submission's own archive, within the archive at Path
	Source string // Path as seen from the argument it was found by, for people
	Err    error  // why it cannot be opened

	named  int    // how many levels above Source is the folder that gave the ID
	within string // what it lies in, a folder or an archive beside others' submissions

	// listing is of Folder, when the archive can only be unpacked from its
	// beginning and the source files of the whole class are within maxKept. An
	// archive in an archive is unpacked for each student again.
	listing *listing
}

// Sum is the hash of a file of the kit, without regard to what [Normal] removes.
func Sum(text []byte) string {
	sum := sha256.Sum256(Normal(text))
	return hex.EncodeToString(sum[:])
}

// Normal removes what editors and Git change without being asked: a byte order
// mark, and the carriage returns at the ends of lines.
func Normal(text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
}

// Open reads the submission that ref refers to. It always returns one: what is
// wrong with it is in its Err, what is wrong with one candidate in that one's.
func Open(ctx context.Context, ref Ref, kit Kit) *Submission {
	s := &Submission{ID: ref.ID, Source: ref.Source, Candidates: map[string]Candidate{}}
	if s.Err = ref.Err; s.Err != nil {
		return s
	}
	l, err := list(ctx, ref)
	if err != nil {
		s.Err = err
		return s
	}
	defer l.close()
	if s.Err = l.check(); s.Err != nil {
		return s
	}
	at, err := locate(l, kit.Exercises)
	if err != nil {
		s.Err = err
		return s
	}
	c := collector{listing: l, layout: at, kit: kit}
	s.Candidates, s.Flags, s.Err = c.collect(ctx)
	if ref.within != "" {
		s.Flags = append(s.Flags, fmt.Sprintf("found in %q, which lies beside other submissions; see whose it is", ref.within))
	}
	return s
}

// list lists the files that ref refers to.
func list(ctx context.Context, ref Ref) (*listing, error) {
	switch {
	case ref.Inner != "":
		return listInner(ctx, ref.Path, ref.Inner)
	case ref.listing != nil:
		return ref.listing, ctx.Err()
	case ref.Folder != "":
		return listFolder(ctx, ref.Path, ref.Folder)
	}
	if info, err := os.Lstat(ref.Path); err != nil || !info.Mode().IsRegular() {
		return listDir(ctx, ref.Path)
	}
	return listArchive(ctx, ref.Path, studentCaps, sources)
}
