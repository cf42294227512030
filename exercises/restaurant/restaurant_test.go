package restaurant_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/restaurant"
)

// menu is how long the kitchen needs for each product.
var menu = map[string]time.Duration{
	"burger": 7500 * time.Millisecond,
	"frites": 4 * time.Second,
	"soda":   time.Second,
	"beer":   1200 * time.Millisecond,
}

// orders are those of the statement.
func orders() []restaurant.Order {
	return []restaurant.Order{
		{ID: 1, Products: []string{"burger", "soda"}},
		{ID: 2, Products: []string{"burger", "burger", "beer", "frites"}},
		{ID: 3, Products: []string{"beer", "beer", "beer"}},
		{ID: 4, Products: []string{"burger", "frites"}},
	}
}

// cook takes its time, but stops when ctx is done.
func cook(ctx context.Context, product string) error {
	select {
	case <-time.After(menu[product]):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// TestOneByOne times the evening of the statement. In a bubble time is virtual:
// 43.8 s pass in no time, and exactly.
func TestOneByOne(t *testing.T) {
	probe.Check(t)
	for _, c := range []struct {
		waiters int
		want    time.Duration
	}{{1, 43800 * time.Millisecond}, {2, 23600 * time.Millisecond}} {
		probe.Bubble(t, func(t *testing.T) {
			start := time.Now()
			err := restaurant.OneByOne(t.Context(), c.waiters, orders(), cook, func(int, restaurant.Order) {})
			probe.Equal(t, 3, "OneByOne of the four orders with "+staff(c.waiters), time.Since(start), c.want)
			probe.Equal(t, 4, "OneByOne fails when nothing goes wrong", err != nil, false)
		})
	}
}

// TestAllAtOnce does the same for a kitchen that cooks a whole order at once.
func TestAllAtOnce(t *testing.T) {
	probe.Check(t)
	for _, c := range []struct {
		waiters int
		want    time.Duration
	}{{1, 23700 * time.Millisecond}, {2, 15 * time.Second}} {
		probe.Bubble(t, func(t *testing.T) {
			start := time.Now()
			err := restaurant.AllAtOnce(t.Context(), c.waiters, orders(), cook, func(int, restaurant.Order) {})
			probe.Equal(t, 3, "AllAtOnce of the four orders with "+staff(c.waiters), time.Since(start), c.want)
			probe.Equal(t, 4, "AllAtOnce fails when nothing goes wrong", err != nil, false)
		})
	}
}

// TestServed looks at what serve gets.
func TestServed(t *testing.T) {
	probe.Check(t)
	probe.Bubble(t, func(t *testing.T) {
		var ids probe.Log[int] // in the order in which they were served
		err := restaurant.OneByOne(t.Context(), 2, orders(), cook, func(waiter int, o restaurant.Order) {
			if waiter < 1 || waiter > 2 {
				probe.Fail(t, 1, "serve's waiter", waiter, "1 or 2")
			}
			ids.Add(o.ID)
		})
		probe.Equal(t, 4, "OneByOne fails when nothing goes wrong", err != nil, false)
		if want := []int{1, 3, 2, 4}; !slices.Equal(ids.All(), want) {
			probe.Fail(t, 2, "the orders served, in turn", ids.All(), want)
		}
	})
}

// TestBurnt lets the soda of the first order fail.
func TestBurnt(t *testing.T) {
	probe.Check(t)
	burnt := errors.New("the soda is burnt")
	probe.Bubble(t, func(t *testing.T) {
		served := 0
		err := restaurant.OneByOne(t.Context(), 1, orders(), func(ctx context.Context, product string) error {
			if product == "soda" {
				return burnt
			}
			return cook(ctx, product)
		}, func(int, restaurant.Order) { served++ })
		probe.Equal(t, 4, "error of OneByOne", probe.ErrorName(err, probe.Named{Name: "the kitchen's", Err: burnt}), "the kitchen's")
		probe.Equal(t, 4, "orders served", served, 0)
	})
}

// staff is a number of waiters in words.
func staff(waiters int) string {
	if waiters == 1 {
		return "1 waiter"
	}
	return fmt.Sprintf("%d waiters", waiters)
}
