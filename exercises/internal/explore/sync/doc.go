// Package sync has the names and behaviour of the standard sync. Rewritten code
// imports it in that package's place.
//
// It differs in two ways. Its operations are yield points of an exploration.
// And whoever waits, waits for a channel, which a bubble of virtual time
// understands: a holder of a Mutex may sleep in virtual time while others wait
// for it.
//
// The race detector sees the edges of the real primitives, no more and no less.
package sync
