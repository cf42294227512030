//go:build hidden

package task_test

import (
	"fmt"
	"testing"
	"time"

	"gorutinas/exercises/internal/probe"
	"gorutinas/exercises/task"
)

// manyWaiters has a crowd await one future.
func manyWaiters(t *testing.T) {
	const crowd = 200
	l, f := newLoop(t), newFutures(t, 1)[0]
	var order probe.Log[int]
	for i := range crowd {
		l.Go(func(await waiter) any {
			await(f)
			order.Add(i)
			return nil
		})
	}
	time.AfterFunc(time.Second, func() { f.Resolve(nil) })
	probe.Equal(t, 3, "Run of 200 tasks that await one future", run(t.Context(), l), "returns nil")
	got := order.All()
	probe.Equal(t, 2, "tasks that go on, of 200 that await one future", len(got), crowd)
	for i, who := range got {
		if !probe.Equal(t, 2, fmt.Sprintf("task that goes on as number %d of 200 that await one future", i+1), who+1, i+1) {
			return
		}
	}
}

// twoLoops has tasks of two loops, which run at the same time, await one future.
func twoLoops(t *testing.T) {
	loops, f := []*task.Loop{newLoop(t), newLoop(t)}, newFutures(t, 1)[0]
	var got probe.Log[string]
	for _, l := range loops {
		l.Go(func(await waiter) any {
			got.Add(show(await(f)))
			return nil
		})
	}
	time.AfterFunc(time.Second, func() { f.Resolve(7) })
	probe.Parallel(t, len(loops), func(i int) {
		probe.Equal(t, 3, "Run of one of two loops whose tasks await one future", run(t.Context(), loops[i]), "returns nil")
	})
	probe.Equal(t, 1, "what tasks of two loops get from one future, resolved with 7", fmt.Sprint(got.All()), "[7 7]")
}
