// Package explore runs a small concurrent scenario under many schedules, one
// after the other, and reports the shortest one that goes wrong.
//
// Only hidden tests use it. The code under test has been rewritten: its sync
// and sync/atomic are the packages explore/sync and explore/atomic, and its
// channel operations, select and go statements stop at yield points of package
// explore/point. All goroutines run in a bubble of virtual time; the controller
// waits until all of them stand still and lets exactly one go on.
package explore
