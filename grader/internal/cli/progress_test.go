package cli

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"gorutinas/grader/internal/results"
)

// Progress is a line for each part, or one line that is written over and at last
// removed, and knows when the rest will be done.
func TestProgress(t *testing.T) {
	for _, tt := range []struct {
		name     string
		terminal bool
		width    int
		lang     lang
		want     string
	}{
		{"in a log", false, 0, "en", "[1/3] \"ana\" 7/10  (left 40s)\n[2/3] \"eva\": not graded  (left 15s)\n[3/3] balance reference\n"},
		{"on a terminal", true, 0, "es", "\r\x1b[K[1/3] \"ana\" 7/10  (quedan 40s)\r\x1b[K[2/3] \"eva\": sin calificar  (quedan 15s)\r\x1b[K[3/3] balance reference\r\x1b[K"},
		{"on a narrow terminal", true, 16, "en", "\r\x1b[K[1/3] \"ana\" 7/…\r\x1b[K[2/3] \"eva\": n…\r\x1b[K[3/3] balance …\r\x1b[K"},
	} {
		synctest.Test(t, func(t *testing.T) {
			var got bytes.Buffer
			p := newProgress(Env{Stderr: &got, StderrTerminal: tt.terminal, StderrWidth: tt.width}, tt.lang)
			p.Start(3)
			time.Sleep(20 * time.Second)
			p.Done(results.Grade{ID: "ana", Status: results.StatusGraded, Score: 7, MaxScore: 10})
			time.Sleep(10 * time.Second)
			p.Done(results.Grade{ID: "eva", Status: results.StatusError})
			p.step("balance reference")
			p.End()
			require.Equal(t, tt.want, got.String(), tt.name)
		})
	}
}

// The first parts of many say nothing yet of how long all take.
func TestNoEstimateYet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var got bytes.Buffer
		p := newProgress(Env{Stderr: &got}, "en")
		p.Start(40)
		time.Sleep(time.Hour)
		p.step("first")
		p.step("second")
		require.Equal(t, "[1/40] first\n[2/40] second  (left 19h0m0s)\n", got.String())
	})
}

// Work that had no part leaves a terminal as it was.
func TestNoProgress(t *testing.T) {
	var got bytes.Buffer
	p := newProgress(Env{Stderr: &got, StderrTerminal: true}, "en")
	p.Start(0)
	p.End()
	require.Empty(t, got.String())
}

func TestColor(t *testing.T) {
	for _, tt := range []struct {
		color   bool
		noColor string
		want    bool
	}{{true, "", true}, {true, "1", false}, {false, "", false}} {
		e := Env{StdoutTerminal: tt.color, Getenv: func(name string) string { return map[string]string{"NO_COLOR": tt.noColor}[name] }}
		require.Equal(t, tt.want, e.options("en").Color, "%+v", tt)
	}
}
