// Package judge decides what a check found from what its process left behind,
// and puts it into a sentence that a student understands.
package judge

import (
	"fmt"
	"slices"
	"strings"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
	"gorutinas/grader/internal/sandbox"
)

// Run is one finished run of one check.
type Run struct {
	Exercise string
	Files    map[string][]byte // the candidate as handed in
	Check    string            // name of the test
	Nonce    string
	Limits   sandbox.Limits
	Result   sandbox.Result
}

// Judgement is a verdict, the sentence that explains it as a code and its
// arguments, and the student's line to look at.
type Judgement struct {
	Verdict  results.Verdict
	Code     string
	Args     []string
	File     string
	Line     int
	Schedule []results.Step
	Output   string   // what the program printed, capped
	Flags    []string // kinds of what an instructor should look at
	Runs     int      // how often the test came to its end; 0 when the process ended before
	Passed   int      // how many of those passed
}

// explanation is one thing that may have happened in a run.
type explanation struct {
	verdict  results.Verdict
	code     string
	args     []string
	at       place
	schedule []results.Step
}

// Judge decides. A check passes only when the process exited with 0 and left
// the completion record of this run, which names the one test that ran to its
// end, unskipped and unfailed. What the process printed is read only to explain
// why a check did not pass.
func Judge(r Run) Judgement {
	c := newCandidate(r.Exercise, r.Files)
	output := string(r.Result.Output) // may be long: one copy for all who look at it
	rec := readRecord(r.Result.Record, r.Nonce)
	e := explanation{verdict: results.Pass}
	if !passed(r, rec) {
		e = worst(c.explanations(r, rec, output))
	}
	j := Judgement{
		Verdict: e.verdict, Code: results.Clip(e.code), Args: mapped(e.args, results.Clip),
		File: results.Clip(e.at.file), Line: e.at.line, Schedule: mapped(e.schedule, clipStep),
		Output: shown(output),
	}
	if forged(output) {
		j.Flags = append(j.Flags, message.Forged)
	}
	if rec != nil {
		j.Runs, j.Passed = rec.Runs, rec.Passed
		if slices.Contains(rec.Flags, inconclusive) {
			j.Flags = append(j.Flags, message.Inconclusive)
		}
	}
	return j
}

// mapped returns list with f of each element in its place; nil for none.
func mapped[T any](list []T, f func(T) T) []T {
	list = slices.Clone(list)
	for i, v := range list {
		list[i] = f(v)
	}
	return list
}

func clipStep(s results.Step) results.Step {
	s.File, s.Op = results.Clip(s.File), results.Clip(s.Op)
	return s
}

// inconclusive is the flag in a record of a test none of whose schedules came
// to an end: random delays decided.
const inconclusive = "explore.inconclusive"

func passed(r Run, rec *record) bool {
	return r.Result.Killed == "" && r.Result.Exit == 0 && r.Result.Signal == "" &&
		rec != nil && rec.Exit == 0 && rec.Check == r.Check && rec.Runs > 0 && rec.Passed == rec.Runs
}

// worst returns the explanation whose verdict counts first.
func worst(all []explanation) explanation {
	verdicts := make([]results.Verdict, len(all))
	for i, e := range all {
		verdicts[i] = e.verdict
	}
	counts := results.First(verdicts...)
	for _, e := range all {
		if e.verdict == counts {
			return e
		}
	}
	return explanation{verdict: results.Infra, code: "infra.error", args: []string{"nothing explains the run"}}
}

// explanations lists everything that went wrong in a run that did not pass.
func (c candidate) explanations(r Run, rec *record, output string) []explanation {
	all := c.limits(r, output)
	if rec != nil {
		for _, f := range rec.Findings {
			all = append(all, c.finding(f))
		}
	}
	if strings.Contains(output, raceBanner) && r.Result.Exit == raceExit {
		all = append(all, c.explainRace(output))
	}
	if rec == nil {
		all = append(all, c.crash(r, output)...)
	}
	if len(all) > 0 {
		return all
	}
	return []explanation{unexplained(r, rec, output)}
}

// raceExit is the status of a process that the race detector ended.
const raceExit = 66

// unexplained is for a run with no finding and no crash.
func unexplained(r Run, rec *record, output string) explanation {
	switch {
	case r.Result.Exit == raceExit: // and the program had closed its standard error
		return explanation{verdict: results.Race, code: "race.unknown"}
	case rec == nil && r.Result.Exit == 0:
		return explanation{verdict: results.Tampered, code: "tampered.exit"}
	case rec == nil && r.Result.Signal != "":
		return explanation{verdict: results.Infra, code: "infra.error", args: []string{"the process was ended by " + r.Result.Signal}}
	case rec == nil:
		return explanation{verdict: results.Fail, code: "fail.exit", args: []string{fmt.Sprint(r.Result.Exit)}}
	case rec.Runs == 0 || rec.Check != r.Check:
		return explanation{verdict: results.NotRun, code: "not_run.no_test"}
	case rec.Exit == 0 && r.Result.Exit == 0:
		return explanation{verdict: results.NotRun, code: "not_run.skipped"}
	}
	return explanation{verdict: results.Fail, code: "fail.assert", args: []string{assertion(output)}}
}

// assertion returns the text of the first t.Error in output.
func assertion(output string) string {
	_, text, _ := strings.Cut(output, "--- FAIL: ")
	for line := range strings.Lines(text) {
		if _, message, ok := strings.Cut(line, "_test.go:"); ok {
			_, message, _ = strings.Cut(message, ": ")
			return strings.TrimSpace(message)
		}
	}
	return "the test failed"
}
