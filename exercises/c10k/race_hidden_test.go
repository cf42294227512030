//go:build hidden && race

package c10k_test

// many is fewer than ten thousand: the race detector stops at 8128
// goroutines. The grader runs the check that uses it without the detector.
const many = 1000
