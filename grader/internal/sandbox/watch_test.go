package sandbox

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// told is a meter that tells a story: what a run has used after some time.
type told struct {
	start time.Time
	story func(after time.Duration) usage
	takes time.Duration // each reading
}

func (m told) read(bool) (usage, bool) {
	defer time.Sleep(m.takes)
	return m.story(time.Since(m.start)), true
}

func (told) step() time.Duration { return 10 * time.Millisecond }

// Other load takes processors away, it decides nothing: a run that is starved goes
// on, and its wall limit begins anew.
func TestWallLimit(t *testing.T) {
	const wall = 10 * time.Second
	starved := func(after time.Duration) usage { return usage{awake: true, delay: after / 2, counted: true} }
	seldomSeen := func(after time.Duration) usage { return usage{delay: after / 2, counted: true} }
	atWork := func(after time.Duration) usage { return usage{awake: true, cpu: after, counted: true} }
	untold := func(cpu func(after time.Duration) time.Duration) func(time.Duration) usage {
		return func(after time.Duration) usage { return usage{awake: true, cpu: cpu(after)} }
	}
	first := func(a, b func(time.Duration) usage) func(time.Duration) usage {
		return func(after time.Duration) usage {
			if after < wall+window {
				return a(after)
			}
			u := b(after)
			u.delay += a(wall + window).delay
			return u
		}
	}
	blocked := func(time.Duration) usage { return usage{} }
	for _, tt := range []struct {
		name  string
		story func(time.Duration) usage
		ends  time.Duration // by itself; 0: never
		want  Reason
		after time.Duration // by that time, in full limits
	}{
		{"ends in time", atWork, wall / 2, "", 0},
		{"at work all the time", atWork, 0, Wall, wall},
		{"blocked", blocked, 0, Blocked, wall},
		{"starved, but it ends", starved, 3 * wall, "", 3 * wall},
		{"starved all the time", starved, 0, Starved, (1 + renewals) * wall},
		{"starved, and asleep whenever it is looked at", seldomSeen, 0, Starved, (1 + renewals) * wall},
		{"starved, then at work all the time", first(starved, atWork), 0, Wall, 2 * wall},
		{"starved, then blocked", first(starved, blocked), 0, Blocked, 2 * wall},
		{"no delays are counted, at work all the time", untold(func(after time.Duration) time.Duration { return after }), 0, Wall, wall},
		{"no delays are counted, a processor at times", untold(func(after time.Duration) time.Duration { return after / 5 }), 0, Starved, (1 + renewals) * wall},
	} {
		synctest.Test(t, func(t *testing.T) {
			start, exited := time.Now(), make(chan struct{})
			if tt.ends > 0 {
				time.AfterFunc(tt.ends, func() { close(exited) })
			}
			w := watch{limits: Limits{Wall: wall}, meter: told{start: start, story: tt.story}, exited: exited, start: start}
			r, err := w.wait(t.Context())
			require.NoError(t, err)
			require.Equal(t, tt.want, r, tt.name)
			require.Equal(t, tt.after, time.Since(start).Truncate(wall), tt.name)
		})
	}
}

// Who watches may be starved too, and then it has seen nothing of a program that
// works a little and sleeps, nor that it has ended.
func TestSlowWatch(t *testing.T) {
	const wall = time.Second
	atWork := func(after time.Duration) usage { return usage{cpu: after / 10, counted: true} }
	for _, tt := range []struct {
		ends time.Duration
		want Reason
	}{
		{time.Hour, Wall},
		{wall + 3*window/2, ""},
	} {
		for range 20 { // it chooses between events that are there together
			synctest.Test(t, func(t *testing.T) {
				start, exited := time.Now(), make(chan struct{})
				time.AfterFunc(tt.ends, func() { close(exited) })
				m := told{start: start, story: atWork, takes: window}
				w := watch{limits: Limits{Wall: wall}, meter: m, exited: exited, start: start}
				r, err := w.wait(t.Context())
				require.NoError(t, err)
				require.Equal(t, tt.want, r)
			})
		}
	}
}
