// Package explore runs a small concurrent scenario under many schedules, one
// after the other, and reports the shortest one that goes wrong.
//
// Only hidden tests use it. The code under test has been rewritten: for sync,
// sync/atomic, log and io stand in the packages explore/sync, explore/atomic, explore/log
// and explore/io, and its channel operations, select and go statements stop at yield
// points of package explore/point. All goroutines run in a bubble of virtual time; the
// controller waits until all of them stand still and lets exactly one go on.
//
// What it is worth was measured with Go 1.26.8 on two cores, and tests of this
// package and of grader/internal/instrument measure it again:
//
//   - the seven bugs that plain -race runs miss, or find by luck: each found in
//     100 of 100 processes, within 4 schedules (TestTable);
//   - the 63 kernels of real bugs in GOROOT (GoKer): 61 found, 54 of them by
//     schedules and 7 by random delays, see [Delays]; goleak finds 44 to 50 in
//     one run of each (TestGoKer);
//   - correct programs, golang.org/x/sync and containers under locks: no false
//     alarm in 129 000 schedules (TestNoFalseAlarms -schedules=100000);
//   - 14 000 to 20 000 schedules of two goroutines a second of one core, without
//     -race (TestSpeed), and some 3 000 of three or four with a yield point at
//     every access to shared memory.
package explore
