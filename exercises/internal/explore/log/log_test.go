package log

import (
	"bytes"
	"io"
	std_log "log"
	"regexp"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"gorutinas/exercises/internal/explore/point"
	"gorutinas/exercises/internal/explore/sync"
)

// logger is what both Loggers can do.
type logger interface {
	SetOutput(w io.Writer)
	Writer() io.Writer
	Flags() int
	SetFlags(flag int)
	Prefix() string
	SetPrefix(prefix string)
	Output(calldepth int, s string) error
	Print(v ...any)
	Printf(format string, v ...any)
	Println(v ...any)
	Panic(v ...any)
	Panicf(format string, v ...any)
	Panicln(v ...any)
}

// Both write the same, and say of the same line that it has done so.
func TestWritesWhatTheStandardLoggerDoes(t *testing.T) {
	clock := regexp.MustCompile(`\d\d:\d\d:\d\d(\.\d+)?`)
	for _, flags := range []int{0, LstdFlags, Lshortfile, Llongfile | Lmsgprefix, Lmicroseconds | LUTC} {
		var wrote [2]string
		for i := range wrote {
			var out bytes.Buffer
			l := []logger{std_log.New(io.Discard, "a: ", flags), New(io.Discard, "a: ", flags)}[i]
			l.SetOutput(&out)
			require.Equal(t, &out, l.Writer())
			l.Print("x", 1, 2, "y")
			l.Printf("%d\n", 3)
			l.Println("x", 4)
			l.SetPrefix("b: ")
			require.NoError(t, l.Output(1, l.Prefix()))
			require.PanicsWithValue(t, "x5", func() { l.Panic("x", 5) })
			require.PanicsWithValue(t, "6", func() { l.Panicf("%d", 6) })
			require.PanicsWithValue(t, "x 7\n", func() { l.Panicln("x", 7) })
			require.Equal(t, flags, l.Flags())
			l.SetFlags(Lshortfile)
			l.Print()
			wrote[i] = clock.ReplaceAllString(out.String(), "now")
		}
		require.Equal(t, wrote[0], wrote[1])
	}
}

func TestDefault(t *testing.T) {
	var out bytes.Buffer
	before := Writer()
	SetOutput(&out)
	defer SetOutput(before)
	SetFlags(Lshortfile)
	defer SetFlags(LstdFlags)
	SetPrefix("p ")
	defer SetPrefix("")
	Print("a")
	Printf("%s", "b")
	Println("c")
	require.NoError(t, Output(1, "d"))
	require.Panics(t, func() { Panicln("e") })
	require.Regexp(t, `^(p log_test.go:\d+: [a-e]\n){5}$`, out.String())
	require.Equal(t, Lshortfile, Default().Flags())
}

// slow is a writer that lets others come in between.
type slow struct{ turn chan struct{} }

func (s slow) Write(p []byte) (int, error) {
	s.turn <- struct{}{}
	return len(p), nil
}

// Whoever waits until another has written stands still, as at any lock.
func TestWaitsInABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := slow{make(chan struct{})}
		l := New(w, "", 0)
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() { l.Print("x") })
		}
		synctest.Wait() // for the standard Logger, two would wait for a lock that no bubble knows
		for range 3 {
			<-w.turn
		}
		all.Wait()
	})
}

// Two goroutines can tell each other something by all that a Logger keeps.
func TestMethodsYield(t *testing.T) {
	for name, call := range map[string]func(logger){
		"SetOutput": func(l logger) { l.SetOutput(io.Discard) },
		"Writer":    func(l logger) { l.Writer() },
		"Flags":     func(l logger) { l.Flags() },
		"SetFlags":  func(l logger) { l.SetFlags(0) },
		"Prefix":    func(l logger) { l.Prefix() },
		"SetPrefix": func(l logger) { l.SetPrefix("") },
		"Print":     func(l logger) { l.Print() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := point.NewSchedule(1)
				go s.Run(func() { call(New(io.Discard, "", 0)) })
				require.Len(t, s.Settle(), 1)
				s.Free(0)
				require.Empty(t, s.Settle())
				s.Detach()
			})
		})
	}
}
