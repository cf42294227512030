// Package probe is what the kit's tests use to observe concurrent code without
// disturbing it: virtual time, gauges and gates that the race detector does not
// see, leak and deadlock findings in a student's words, and the report of a
// finished test to the grader.
//
// Every exercise's main_test.go calls [Main], every graded test begins with
// [Check].
package probe
