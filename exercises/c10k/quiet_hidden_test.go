//go:build hidden && !race

package c10k_test

// many is how many connections are many.
const many = 10_000
