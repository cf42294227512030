package cli

import (
	"fmt"
	"io"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"

	"gorutinas/grader/internal/message"
	"gorutinas/grader/internal/results"
)

// progress shows how far long work is and when it will end: in one line that
// is written over on a terminal, in a line for each part elsewhere.
type progress struct {
	w        io.Writer
	terminal bool
	width    int // of the terminal; 0: unknown
	lang     lang
	start    time.Time
	total    int
	done     int
}

func newProgress(env Env, lang lang) *progress {
	return &progress{w: env.Stderr, terminal: env.StderrTerminal, width: env.StderrWidth, lang: lang}
}

// Start says how many parts there are.
func (p *progress) Start(total int) { p.total, p.start = total, time.Now() }

// Done counts a graded submission.
func (p *progress) Done(g results.Grade) {
	if g.Status == results.StatusError {
		p.step(fmt.Sprintf("%q: %s", g.ID, message.Status(string(p.lang), string(g.Status))))
		return
	}
	p.step(fmt.Sprintf("%q %d/%d", g.ID, g.Score, g.MaxScore))
}

// step counts a part that is done.
func (p *progress) step(what string) {
	p.done++
	line := fmt.Sprintf("[%d/%d] %s", p.done, p.total, what)
	if left := p.left(); left > 0 {
		line += fmt.Sprintf("  (%s %v)", message.Word(string(p.lang), "left"), left)
	}
	if p.terminal {
		if p.width > 0 { // a longer one would go on in the next line, and stay there
			line = text.Snip(line, p.width-1, "…")
		}
		fmt.Fprintf(p.w, "\r\x1b[K%s", line)
		return
	}
	fmt.Fprintln(p.w, line)
}

// left estimates the time that the remaining parts take: 0 as long as too few are
// done to tell, since the first ones wait for what all need to be compiled.
func (p *progress) left() time.Duration {
	if p.done < p.total/20 {
		return 0
	}
	each := time.Since(p.start) / time.Duration(p.done)
	return (each * time.Duration(p.total-p.done)).Round(time.Second)
}

// End removes the line.
func (p *progress) End() {
	if p.terminal && p.done > 0 {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
