// Package detector tells the race detector what it should believe. Its
// functions do nothing in a binary without -race.
//
// What tests own, and the machinery of an exploration above all, synchronises all
// the time. Seen by the race detector, that would order a student's goroutines and
// hide their races; so it works between Off and On, in functions marked go:norace,
// and the modelled primitives state the edges of the real ones with Acquire and
// Release.
package detector
