package explore

import "time"

// Option changes how thoroughly Run explores.
type Option func(*options)

type options struct {
	preemptions int    // of one schedule, while all of them are tried
	schedules   int    // searched, about
	steps       int    // of one schedule
	delays      delays // when no schedule has failed
}

// defaults keep a check well under a second with -race on one slow core.
var defaults = options{preemptions: 2, schedules: 600, steps: 4000}

// Preemptions sets how often a schedule may take the turn from a goroutine that
// could have gone on, while Run tries all such schedules. The default is 2,
// which is enough for nearly every bug.
func Preemptions(n int) Option { return func(o *options) { o.preemptions = n } }

// Schedules sets about how many schedules are searched; to make a failing one
// shorter takes some more.
func Schedules(n int) Option { return func(o *options) { o.schedules = max(n, 1) } }

// Delays also runs the scenario that many times with its goroutines on their
// own, each of them held up for a random virtual time of at most longest where a
// schedule would stop it. In schedules timers fire only when no goroutine can go
// on; this finds what goes wrong when one is slower than a timer. The body must
// not depend on how long anything takes. Such a finding has no schedule.
func Delays(runs int, longest time.Duration) Option {
	return func(o *options) { o.delays = delays{runs, longest} }
}
