// Package atomic has the names and behaviour of sync/atomic. Rewritten code
// imports it in that package's place: every operation is a yield point of an
// exploration first, and then the real operation.
package atomic
