// Rejected: TestArguments fail: a nil serve is noticed when the first order is ready.
package restaurant

import (
	"context"
	"errors"
)

var ErrNoWaiters = errors.New("restaurant: no waiters")

type Order struct {
	ID       int
	Products []string
}
type Cook func(ctx context.Context, product string) error

// One goroutine, the caller's, does all the thinking; cooks and waiters only work.
type event struct {
	waiter int
	err    error
	served bool
}

func OneByOne(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return direct(ctx, waiters, orders, cook, serve, 1)
}
func AllAtOnce(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(waiter int, o Order)) error {
	return direct(ctx, waiters, orders, cook, serve, 1<<30)
}

type table struct {
	order   Order
	started int
	cooked  int
}

func direct(ctx context.Context, waiters int, orders []Order, cook Cook, serve func(int, Order), width int) error {
	if cook == nil {
		panic("restaurant: nil cook")
	}
	if waiters < 1 {
		return ErrNoWaiters
	}
	kitchen, stop := context.WithCancel(ctx)
	defer stop()
	events := make(chan event)
	tables := map[int]*table{}
	idle := []int{}
	for w := min(waiters, len(orders)); w > 0; w-- {
		idle = append(idle, w)
	}
	var failed error
	var ready []int
	running, serving := 0, false
	quit := ctx.Done()
	for {
		if failed == nil {
			failed = ctx.Err()
		}
		if failed == nil {
			for len(idle) > 0 && len(orders) > 0 {
				w := idle[len(idle)-1]
				idle = idle[:len(idle)-1]
				tables[w] = &table{order: orders[0]}
				orders = orders[1:]
				if len(tables[w].order.Products) == 0 {
					ready = append(ready, w)
				}
			}
			for w, t := range tables {
				for t.started < len(t.order.Products) && t.started-t.cooked < width {
					p := t.order.Products[t.started]
					t.started++
					running++
					go func() {
						err := kitchen.Err()
						if err == nil {
							err = cook(kitchen, p)
						}
						events <- event{waiter: w, err: err}
					}()
				}
			}
			if len(ready) > 0 && !serving {
				w := ready[0]
				ready = ready[1:]
				o := tables[w].order
				serving = true
				running++
				if serve == nil {
					panic("restaurant: nil serve")
				}
				go func() {
					if kitchen.Err() == nil {
						serve(w, o)
					}
					events <- event{waiter: w, served: true}
				}()
			}
		} else {
			stop()
		}
		if running == 0 {
			return failed
		}
		select {
		case <-quit:
			quit = nil
		case e := <-events:
			running--
			switch {
			case e.err != nil:
				if failed == nil {
					failed = e.err
					if ctx.Err() != nil {
						failed = ctx.Err()
					}
				}
			case e.served:
				serving = false
				delete(tables, e.waiter)
				idle = append(idle, e.waiter)
			default:
				t := tables[e.waiter]
				if t.cooked++; t.cooked == len(t.order.Products) {
					ready = append(ready, e.waiter)
				}
			}
		}
	}
}
