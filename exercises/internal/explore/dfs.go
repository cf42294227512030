package explore

import (
	"math"
	"slices"
)

// dfs tries all schedules with no preemption, then all with at most one, and so
// on up to a bound (CHESS, Musuvathi and Qadeer 2007).
//
// What it knows is a tree. A program need not do the same thing twice under the
// same choices (maps, random numbers, timers of the same instant), so a choice
// may lead to more than one node; they are told apart by the state in which the
// next decision was found.
type dfs struct {
	indifferent
	bound int // the highest
	left  int // schedules

	now  int // the bound of this round
	root branch
	path []visit
	used int // preemptions so far in this schedule
}

// branch is what follows a choice.
type branch struct {
	nodes map[uint64]*node // by state
	done  int              // all schedules below were tried that have at most so many preemptions
}

// everything is the done of a branch that holds nothing more for any bound.
const everything = math.MaxInt

type node struct {
	options  []int
	preempts []bool
	branches []branch
}

type visit struct {
	node   *node
	choice int
	used   int // preemptions before the choice
}

func newDFS(bound, schedules int) *dfs {
	return &dfs{bound: bound, left: schedules, root: branch{done: -1}}
}

func (t *dfs) begin() bool {
	for t.root.done >= t.now {
		if t.root.done == everything || t.now == t.bound {
			return false
		}
		t.now++
	}
	t.left--
	t.path, t.used = t.path[:0], 0
	return t.left >= 0
}

// complete says whether all schedules up to the bound have been tried.
func (t *dfs) complete() bool { return t.root.done >= t.bound }

// exhausted says whether there is no other schedule, whatever the bound.
func (t *dfs) exhausted() bool { return t.root.done == everything }

func (t *dfs) choose(d decision) int {
	n := t.reach(d)
	i := t.next(n)
	t.path = append(t.path, visit{n, i, t.used})
	if n.preempts[i] {
		t.used++
	}
	return i
}

// reach returns the node of d, which follows the last choice.
func (t *dfs) reach(d decision) *node {
	from := &t.root
	if len(t.path) > 0 {
		v := t.path[len(t.path)-1]
		from = &v.node.branches[v.choice]
	}
	if n := from.nodes[d.state]; n != nil && len(n.options) == len(d.options) {
		return n
	}
	n := &node{options: d.options, branches: make([]branch, len(d.options))}
	for i := range d.options {
		n.preempts = append(n.preempts, d.preempts(i))
		n.branches[i].done = -1
	}
	if from.nodes == nil {
		from.nodes = map[uint64]*node{}
	}
	from.nodes[d.state] = n
	return n
}

// next returns the first option of n that has something left to try, the first
// one when none has.
func (t *dfs) next(n *node) int {
	for i := range n.options {
		if n.branches[i].done < t.now && t.allows(n, i, t.used) {
			return i
		}
	}
	return 0
}

func (t *dfs) allows(n *node, i, used int) bool {
	return !n.preempts[i] || used < t.now
}

// took corrects the last choice: a select tries the cases from the chosen one
// on, and all that it tried in vain lead nowhere.
func (t *dfs) took(choice int) {
	v := &t.path[len(t.path)-1]
	n := v.node
	if choice < 0 {
		for i := range n.branches {
			if i != v.choice {
				n.branches[i].done = everything
			}
		}
		return
	}
	at := max(slices.Index(n.options, choice), 0)
	for i := v.choice; i != at; i = (i + 1) % len(n.options) {
		n.branches[i].done = everything
	}
	v.choice = at
}

// end works out, from the leaf up, what has been tried completely.
func (t *dfs) end() {
	for _, v := range slices.Backward(t.path) {
		b := &v.node.branches[v.choice]
		b.done = t.doneBelow(b, v)
		if b.done == everything {
			b.nodes = nil
		}
	}
	t.root.done = t.doneBelow(&t.root, visit{})
}

func (t *dfs) doneBelow(b *branch, v visit) int {
	used := v.used
	if v.node != nil && v.node.preempts[v.choice] {
		used++
	}
	done := everything
	for _, n := range b.nodes {
		done = min(done, t.doneAt(n, used))
	}
	return done
}

// doneAt returns the bound up to which n holds nothing more to try.
func (t *dfs) doneAt(n *node, used int) int {
	done := everything
	for i := range n.options {
		switch {
		case n.branches[i].done == everything:
		case !t.allows(n, i, used):
			done = min(done, t.now) // for a later round
		case n.branches[i].done < t.now:
			return t.now - 1
		default:
			done = min(done, n.branches[i].done)
		}
	}
	return done
}
