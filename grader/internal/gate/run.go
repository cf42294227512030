package gate

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// Limiter starts cmd under the limits CPU, Memory and Wall, waits for it and says
// which limit ended it: "cpu", "memory", or another that is not the command's
// own fault; "" for none.
type Limiter func(ctx context.Context, cmd *exec.Cmd) (exceeded string, err error)

// maxOutput is how much a child may answer: all a submission's files, rewritten
// and in base 64.
const maxOutput = 128 << 20

// Run examines all exercises of req in child processes under limit. One that
// takes more than a child may use costs itself alone. The error is for what no
// candidate is to blame for.
func Run(ctx context.Context, req Request, limit Limiter) (map[string]Answer, error) {
	answers := make(map[string]Answer, len(req.Exercises))
	again := false
	for todo := req.Exercises; len(todo) > 0; {
		req.Exercises = todo
		r, err := start(ctx, req, limit)
		if err != nil {
			return nil, err
		}
		for i, a := range r.answers {
			if a.Exercise != todo[i].Name {
				return nil, fmt.Errorf("the gate answered for %q when asked for %q; report this as a defect of the grader", a.Exercise, todo[i].Name)
			}
			answers[a.Exercise] = a
		}
		todo = todo[len(r.answers):]
		switch {
		case len(todo) == 0:
		case len(r.answers) > 0:
			again = false // the others used up part of the limits: judge it alone
		case r.blamed:
			answers[todo[0].Name] = tooMuch(todo[0].Name)
			todo, again = todo[1:], false
		case again:
			return nil, r.failure
		default:
			again = true
		}
	}
	return answers, nil
}

func tooMuch(exercise string) Answer {
	return Answer{Exercise: exercise, Problem: &Problem{
		File:    exercise + ".go",
		Message: "it takes too long or too much memory to type-check; simplify its constants, array sizes, nested and generic types",
	}}
}

// run is what one child did.
type run struct {
	answers []Answer
	blamed  bool  // it ended early because of the exercise after the last answer
	failure error // why it ended early
}

func start(ctx context.Context, req Request, limit Limiter) (run, error) {
	self, err := os.Executable()
	if err != nil {
		return run{}, fmt.Errorf("the gate cannot start: %w; run the grader from a file that can be executed", err)
	}
	text, err := json.Marshal(req)
	if err != nil {
		return run{}, err
	}
	out, errs := capped{left: maxOutput}, capped{left: 64 << 10}
	cmd := exec.Command(self, childArg)
	cmd.Env = []string{"GOTRACEBACK=none"}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(text), &out, &errs
	exceeded, err := limit(ctx, cmd)
	if ctx.Err() != nil {
		return run{}, ctx.Err()
	}
	ready, answers := parse(&out.text)
	r := run{answers: answers, blamed: ready && (out.left == 0 || blames(exceeded, err))}
	if !ready && exceeded == "" {
		return r, fmt.Errorf("the gate did not start: %s", cause(err, errs.text.String()))
	}
	r.failure = fmt.Errorf("the gate did not finish (%s): grade again with fewer --jobs, or with more memory", cause(err, exceeded))
	return r, nil
}

// blames reports that a child was ended by what it was given. Exit code 2 is
// that of the Go runtime when the stack or the memory is exhausted.
func blames(exceeded string, err error) bool {
	if exceeded != "" {
		return exceeded == "cpu" || exceeded == "memory"
	}
	exit, ok := errors.AsType[*exec.ExitError](err)
	return ok && exit.ExitCode() == 2
}

func cause(err error, text string) string {
	if line, _, _ := strings.Cut(strings.TrimSpace(text), "\n"); line != "" {
		return line
	}
	if err != nil {
		return err.Error()
	}
	return "no reason given"
}

// parse reads a child's lines, of which the last may be cut off.
func parse(out io.Reader) (ready bool, answers []Answer) {
	dec := json.NewDecoder(out)
	for {
		var l line
		if err := dec.Decode(&l); err != nil {
			return ready, answers
		}
		if l.Answer != nil {
			answers = append(answers, *l.Answer)
		}
		ready = true
	}
}

// capped keeps the first left bytes that are written to it.
type capped struct {
	text bytes.Buffer
	left int
}

func (c *capped) Write(p []byte) (int, error) {
	n := min(len(p), c.left)
	c.left -= n
	c.text.Write(p[:n])
	return len(p), nil
}
