package main

import "fmt"

// below is called as a function.
func below(limit int, values ...int) (all bool) {
	all = true
	for _, v := range values {
		all = all && v <= limit
	}
	return all
}

type counter[T any] struct{ n int }

// full is called as a method of a generic type.
func (c *counter[T]) full() bool { return c.n >= 3 }

// zero needs its type argument, which no parameter tells.
func zero[T comparable](n int) bool {
	var none T
	return none == *new(T) && n > 0
}

// recovers works only under its own name, as a deferred call.
func recovers(n int) {
	if p := recover(); n < 0 {
		panic(p)
	}
}

func main() {
	recovers(1)
	fmt.Println(below(2, 1, 2), (&counter[string]{n: 3}).full(), !zero[string](0))
}
