package results

import (
	"bufio"
	"cmp"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// MarshalJSON gives c its schema, and a list that is empty where it is nil: a reader
// of results.json never meets null.
func (c Class) MarshalJSON() ([]byte, error) {
	type plain Class
	c.Schema = Schema
	if c.Submissions == nil {
		c.Submissions = []Grade{}
	}
	return json.Marshal(plain(c))
}

// MarshalJSON gives g lists that are empty where they are nil.
func (g Grade) MarshalJSON() ([]byte, error) {
	type plain Grade
	g.Exercises = append([]Exercise{}, g.Exercises...)
	for i := range g.Exercises {
		if g.Exercises[i].Checks == nil {
			g.Exercises[i].Checks = []Check{}
		}
	}
	return json.Marshal(plain(g))
}

// Read reads a results.json that [WriteFile] wrote. Fields it does not know, of a
// later version of the same schema, are ignored.
func Read(r io.Reader) (Class, error) {
	var c Class
	in := json.NewDecoder(r)
	err := in.Decode(&c)
	if err == nil && c.Schema != Schema {
		return Class{}, fmt.Errorf("schema is %q, not %q; grade again with this version", c.Schema, Schema)
	}
	if err == nil {
		err = cmp.Or(c.valid(), ended(in))
	}
	if err != nil {
		return Class{}, fmt.Errorf("not a results.json: %w; name one that `grader grade` has written", err)
	}
	return c, nil
}

// ended fails when in has more than one document: joining results is for merge.
func ended(in *json.Decoder) error {
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows its end")
	}
	return nil
}

// valid fails for what [WriteFile] never writes and a report can neither count nor put
// into words.
func (c Class) valid() error {
	if c.Submissions == nil {
		return errors.New("it has no submissions")
	}
	for _, g := range c.Submissions {
		if g.Status != StatusGraded && g.Status != StatusError {
			return fmt.Errorf("%q has the unknown status %q", g.ID, g.Status)
		}
		for _, e := range g.Exercises {
			if err := e.valid(); err != nil {
				return fmt.Errorf("%q: %w", g.ID, err)
			}
		}
	}
	return nil
}

func (e Exercise) valid() error {
	switch e.Status {
	case StatusGraded, StatusUnchanged, StatusMissing, StatusRejected, StatusBuildFailed:
	default:
		return fmt.Errorf("%q has the unknown status %q", e.Name, e.Status)
	}
	for _, c := range e.Checks {
		if !slices.Contains(precedence, c.Verdict) {
			return fmt.Errorf("%q has the unknown verdict %q", c.Name, c.Verdict)
		}
	}
	return nil
}

// ReadFile reads the results.json at path.
func ReadFile(path string) (Class, error) {
	f, err := os.Open(path)
	if err != nil {
		return Class{}, fmt.Errorf("read results: %w; name a results.json that `grader grade` has written", err)
	}
	defer f.Close()
	c, err := Read(bufio.NewReader(f))
	if err != nil {
		return Class{}, fmt.Errorf("read results: %s: %w", path, err)
	}
	return c, nil
}

// WriteFile writes v, a class or a part of one, as JSON to the file at path,
// atomically. It makes the directory where there is none.
func WriteFile(path string, v any) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return failed(path, err)
	}
	return Atomically(path, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(v)
	})
}

// Atomically makes write's output the content of path, or leaves path alone. Who else
// may read it is for the umask to say.
func Atomically(path string, write func(io.Writer) error) error {
	name := filepath.Join(filepath.Dir(path), ".writing-"+rand.Text())
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return failed(path, err)
	}
	out := bufio.NewWriter(f)
	err = errors.Join(write(out), out.Flush(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return failed(path, err)
	}
	return nil
}

// EnsureWritable makes the directory dir, and fails when no file can be made in it.
func EnsureWritable(dir string) error {
	probe := filepath.Join(dir, "results.json")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return failed(probe, err)
	}
	f, err := os.CreateTemp(dir, ".writing-*")
	if err != nil {
		return failed(probe, err)
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// failed names the file that was to be written, not the one that stands in for
// it until it is complete.
func failed(path string, err error) error {
	if inner, ok := errors.AsType[*os.PathError](err); ok {
		err = inner.Err
	}
	if inner, ok := errors.AsType[*os.LinkError](err); ok { // of a rename
		err = inner.Err
	}
	return fmt.Errorf("write %s: %w", path, err)
}
