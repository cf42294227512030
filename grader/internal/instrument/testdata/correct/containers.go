// Package containers has correct programs around the standard library's
// containers, as students write them.
package containers

import (
	"container/heap"
	"container/list"
	"container/ring"
	"sync"
)

// Recent keeps the entries that were used last.
type Recent struct {
	mu    sync.Mutex
	room  int
	order *list.List // of string, the newest first
	at    map[string]*list.Element
}

func NewRecent(room int) *Recent {
	return &Recent{room: room, order: list.New(), at: map[string]*list.Element{}}
}

// Use says whether key was there.
func (r *Recent) Use(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e := r.at[key]; e != nil {
		r.order.MoveToFront(e)
		return true
	}
	r.at[key] = r.order.PushFront(key)
	if r.order.Len() > r.room {
		delete(r.at, r.order.Remove(r.order.Back()).(string))
	}
	return false
}

// Len is the number of entries, which the list and the map must agree on.
func (r *Recent) Len() (inOrder, inMap int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.order.Len(), len(r.at)
}

// Turns hands out 0 to n-1 in turn.
type Turns struct {
	mu sync.RWMutex
	at *ring.Ring
}

func NewTurns(n int) *Turns {
	t := &Turns{at: ring.New(n)}
	for i := range n {
		t.at.Value = i
		t.at = t.at.Next()
	}
	return t
}

func (t *Turns) Next() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	v := t.at.Value.(int)
	t.at = t.at.Next()
	return v
}

func (t *Turns) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.at.Len()
}

// Queue gives the smallest value first.
type Queue struct {
	mu   sync.Mutex
	some *sync.Cond
	v    values
}

func NewQueue() *Queue {
	q := new(Queue)
	q.some = sync.NewCond(&q.mu)
	return q
}

func (q *Queue) Push(v int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	heap.Push(&q.v, v)
	q.some.Signal()
}

// Pop waits for a value.
func (q *Queue) Pop() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.v.Len() == 0 {
		q.some.Wait()
	}
	return heap.Pop(&q.v).(int)
}

type values []int

func (v values) Len() int           { return len(v) }
func (v values) Less(i, j int) bool { return v[i] < v[j] }
func (v values) Swap(i, j int)      { v[i], v[j] = v[j], v[i] }
func (v *values) Push(x any)        { *v = append(*v, x.(int)) }

func (v *values) Pop() any {
	last := len(*v) - 1
	x := (*v)[last]
	*v = (*v)[:last]
	return x
}
