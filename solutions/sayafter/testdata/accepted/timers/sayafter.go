// Accepted: timers of the runtime call back; a buffered channel of due lines has
// room for all, so that no callback ever waits.
package sayafter

import (
	"cmp"
	"container/heap"
	"context"
	"time"
)

type Line struct {
	After time.Duration
	Text  string
}

type queue []Line

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return cmp.Less(q[i].After, q[j].After) }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(Line)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

func InTurn(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil {
		panic("sayafter: nil say")
	}
	for i := range lines {
		if err := AtOnce(ctx, lines[i:i+1], say); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func AtOnce(ctx context.Context, lines []Line, say func(string)) error {
	if say == nil {
		panic("sayafter: nil say")
	}
	due := make(chan Line, len(lines))
	for _, l := range lines {
		defer time.AfterFunc(l.After, func() { due <- l }).Stop()
	}
	var q queue
	for left := len(lines); left > 0; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case l := <-due:
			heap.Push(&q, l)
		}
		for drain(&q, due); len(q) > 0; left-- {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			say(heap.Pop(&q).(Line).Text)
			drain(&q, due)
		}
	}
	return ctx.Err()
}

func drain(q *queue, due <-chan Line) {
	for {
		select {
		case l := <-due:
			heap.Push(q, l)
		default:
			return
		}
	}
}
