package bugs

import "gorutinas/exercises/internal/probe"

// bugs are the rows: two calls to make side by side, and what is wrong then, ""
// for nothing.
var bugs = map[string]func() (first, second func(), wrong func() string){
	"unlocked counter": func() (first, second func(), wrong func() string) {
		c := new(PlainCounter)
		return c.Inc, c.Inc, fine
	},
	"publish, then lock": func() (first, second func(), wrong func() string) {
		p := new(Publisher)
		return func() { p.Publish(42) }, func() { p.Value() }, fine
	},
	"unlocked reader": func() (first, second func(), wrong func() string) {
		h := new(HalfLocked)
		return h.Inc, func() { h.Value() }, fine
	},
	"atomic load, then store": func() (first, second func(), wrong func() string) {
		c := new(LoadStoreCounter)
		return c.Inc, c.Inc, unless(func() bool { return c.Value() == 2 }, "an update was lost")
	},
	"check and act in two critical sections": func() (first, second func(), wrong func() string) {
		a := &Account{balance: 1}
		withdraw := func() { a.Withdraw(1) }
		return withdraw, withdraw, unless(func() bool { return a.Balance() == 0 }, "the balance is negative")
	},
	"get-or-create cache": func() (first, second func(), wrong func() string) {
		c, calls := new(Cache), new(probe.Gauge)
		get := func() { c.Get("k", func() int { calls.Enter(); return 1 }) }
		return get, get, unless(func() bool { return calls.Total() == 1 }, "the value was computed twice")
	},
	"opposite lock order": func() (first, second func(), wrong func() string) {
		a, b := new(Account), new(Account)
		return func() { Transfer(a, b, 1) }, func() { Transfer(b, a, 1) }, fine
	},
}

func fine() string { return "" }

func unless(right func() bool, text string) func() string {
	return func() string {
		if right() {
			return ""
		}
		return text
	}
}
