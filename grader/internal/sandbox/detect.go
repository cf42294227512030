package sandbox

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Auto is the best tier that holds, but never [None].
const Auto = "auto"

// Detect finds the tier that is wanted: "auto", "full", "basic" or "none". A
// tier is there when a self-test inside it runs and is refused every way out;
// the error says why there is none and what to do.
func Detect(ctx context.Context, want string) (*Box, error) {
	tried := candidates(want)
	if tried == nil {
		return nil, fmt.Errorf("there is no sandbox %q: use auto, full, basic or none", want)
	}
	return first(ctx, tried)
}

// DetectAny is Detect for the best tier there is, [None] if no other holds.
func DetectAny(ctx context.Context) (*Box, error) {
	return first(ctx, append(available(), Box{tier: None}))
}

// first returns the first of tried whose self-test holds.
func first(ctx context.Context, tried []Box) (*Box, error) {
	if runtime.GOOS == "windows" { // where no process inherits more than three files
		return nil, errors.New("on Windows the grader runs no programs: use it under WSL; `go test ./exercises/...` works without")
	}
	var why []string
	if len(available()) == 0 {
		why = append(why, "there is none for "+runtime.GOOS)
	}
	for _, b := range tried {
		err := b.selfTest(ctx)
		if err == nil {
			if b.tier != Full {
				b.why = cmp.Or(b.why, strings.Join(why, "; "))
			}
			return &b, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if errors.Is(err, errNoTargets) {
			return nil, fmt.Errorf("%w: see that files can be made in TMPDIR and that there is a loopback network", err)
		}
		why = append(why, fmt.Sprintf("%s: %v", b.name(), err))
	}
	if slices.ContainsFunc(tried, func(b Box) bool { return b.tier == None }) {
		return nil, fmt.Errorf("programs do not run here: %s", strings.Join(why, "; "))
	}
	return nil, fmt.Errorf("no sandbox holds here (%s): grade on a machine that has one, or give --sandbox none to run submissions without",
		strings.Join(why, "; "))
}

// candidates are the boxes to try, best first.
func candidates(want string) []Box {
	switch want {
	case Auto:
		return available()
	case string(Full), string(Basic):
		all := slices.DeleteFunc(available(), func(b Box) bool { return string(b.tier) != want })
		return asked(all)
	case string(None):
		return asked([]Box{{tier: None}})
	}
	return nil
}

// asked notes that nothing better than these boxes was wanted.
func asked(boxes []Box) []Box {
	for i, b := range boxes {
		if b.tier != Full {
			boxes[i].why = string(b.tier) + " was asked for"
		}
	}
	return boxes
}

// errNoTargets is no box's fault: the self-test did not even begin.
var errNoTargets = errors.New("the sandbox cannot be tested here")

func (b *Box) name() string {
	if b.tier == Full && !b.userNS {
		return "full as root"
	}
	return string(b.tier)
}

// targets are what a self-test tries to reach. All of them are within reach
// of an ordinary process.
type targets struct {
	Nonce  string
	File   string // readable by all
	Dir    string // writable by all
	TCP    string
	Unix   string // an abstract address
	Grader int    // process
}

// findings is what a self-test reports.
type findings struct {
	Nonce  string
	Broken []string // what a program must be able to do and could not
	Open   []string // the ways out that were not shut
}

// selfTest runs this binary in the box as a program that tries to get out.
func (b *Box) selfTest(ctx context.Context) error {
	t, done, err := setTargets()
	if err != nil {
		return fmt.Errorf("%w: %w", errNoTargets, err)
	}
	defer done()
	got, err := b.try(ctx, t)
	switch {
	case err != nil:
		return err
	case len(got.Broken) > 0:
		return fmt.Errorf("a program in it cannot %s", strings.Join(got.Broken, ", "))
	case b.tier != None && len(got.Open) > 0:
		return fmt.Errorf("a program in it can %s", strings.Join(got.Open, ", "))
	}
	return nil
}

func (b *Box) try(ctx context.Context, t targets) (findings, error) {
	exe, err := self()
	if err != nil {
		return findings{}, err
	}
	input, err := json.Marshal(t)
	if err != nil {
		return findings{}, err
	}
	r, err := b.Run(ctx, Command{
		Path:   exe,
		Args:   []string{probeArg},
		Env:    []string{"GORACE=atexit_sleep_ms=0"},
		Input:  input,
		Limits: Limits{Wall: time.Minute, CPU: 20 * time.Second, Memory: 1 << 30},
	})
	if err != nil {
		return findings{}, err
	}
	var got findings
	if err := json.Unmarshal(r.Record, &got); err != nil || r.Exit != 0 || got.Nonce != t.Nonce {
		return findings{}, fmt.Errorf("the self-test did not end well (exit %d %s%s): %s",
			r.Exit, r.Signal, r.Killed, bytes.TrimSpace(r.Output[:min(len(r.Output), 300)]))
	}
	return got, nil
}

// setTargets makes the targets and makes sure that they can be reached, since
// being refused what is not there proves nothing.
func setTargets() (t targets, done func(), err error) {
	dir, err := os.MkdirTemp("", "grader-selftest-")
	if err != nil {
		return t, nil, err
	}
	closers := []func(){func() { os.RemoveAll(dir) }}
	done = func() {
		for _, c := range closers {
			c()
		}
	}
	t = targets{Nonce: rand.Text(), Dir: dir, File: filepath.Join(dir, "secret"), Grader: os.Getpid()}
	err = cmp.Or(os.Chmod(dir, 0o777), os.WriteFile(t.File, []byte(t.Nonce), 0o644), os.Chmod(t.File, 0o644))
	listen := func(network, address string) string {
		l, e := net.Listen(network, address)
		if e != nil {
			err = cmp.Or(err, e)
			return ""
		}
		closers = append(closers, func() { _ = l.Close() })
		return l.Addr().String()
	}
	t.TCP = listen("tcp", "127.0.0.1:0")
	if runtime.GOOS == "linux" {
		t.Unix = listen("unix", "@"+filepath.Base(dir))
	}
	for network, address := range map[string]string{"tcp": t.TCP, "unix": t.Unix} {
		if address != "" && err == nil {
			err = reach(network, address)
		}
	}
	if err != nil {
		done()
		return t, nil, err
	}
	return t, done, nil
}

func reach(network, address string) error {
	c, err := net.DialTimeout(network, address, 5*time.Second)
	if err != nil {
		return err
	}
	return c.Close()
}
