// Package detector tells the race detector what it should believe. Its
// functions do nothing in a binary without -race.
//
// The machinery of an exploration synchronises all the time. Seen by the race
// detector, that would order everything and hide every race; so it works
// between Off and On, in functions marked go:norace, and the modelled
// primitives state the edges of the real ones with Acquire and Release.
package detector
