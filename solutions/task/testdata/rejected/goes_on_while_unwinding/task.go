// Rejected: TestUnwinding fail: a body that a deferred call made ready goes on while bodies are unwound

package task

import (
	"context"
	"runtime"
	"sync"
)

type Future struct {
	mu       sync.Mutex
	resolved bool
	value    any
	waiters  []func()
}

func NewFuture() *Future { return &Future{} }

func (f *Future) Resolve(v any) {
	f.mu.Lock()
	if f.resolved {
		f.mu.Unlock()
		panic("task: future resolved twice")
	}
	f.resolved, f.value = true, v
	ws := f.waiters
	f.waiters = nil
	for _, w := range ws {
		w()
	}
	f.mu.Unlock()
}

type state struct {
	body   func(func(*Future) any) any
	fut    *Future
	resume chan bool
	begun  bool
	dying  bool
}

type report struct {
	ended    bool
	panicked bool
	value    any
}

type Loop struct {
	mu    sync.Mutex
	ready []*state
	live  map[*state]bool
	order []*state
	wake  chan struct{}
	back  chan report
}

func NewLoop() *Loop {
	return &Loop{live: map[*state]bool{}, wake: make(chan struct{}, 1), back: make(chan report)}
}

func (l *Loop) push(s *state) {
	l.mu.Lock()
	l.ready = append(l.ready, s)
	l.mu.Unlock()
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *Loop) Go(body func(await func(*Future) any) any) *Future {
	if body == nil {
		panic("task: Go of a nil body")
	}
	s := &state{body: body, fut: NewFuture(), resume: make(chan bool)}
	l.mu.Lock()
	l.live[s] = true
	l.order = append(l.order, s)
	l.mu.Unlock()
	l.push(s)
	return s.fut
}

func (l *Loop) step(s *state, alive bool) report {
	if !s.begun {
		s.begun = true
		go l.main(s)
	} else {
		s.resume <- alive
	}
	return <-l.back
}

func (l *Loop) main(s *state) {
	r := report{ended: true, panicked: true}
	defer func() {
		v := recover()
		if r.panicked {
			r.value = v
			if s.dying {
				r.panicked = false
			}
		}
		l.back <- r
	}()
	v := s.body(func(f *Future) any {
		if s.dying {
			runtime.Goexit()
		}
		f.mu.Lock()
		if f.resolved {
			defer f.mu.Unlock()
			return f.value
		}
		f.waiters = append(f.waiters, func() { l.push(s) })
		f.mu.Unlock()
		l.back <- report{}
		if !<-s.resume {
			s.dying = true
			runtime.Goexit()
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		return f.value
	})
	r.panicked = false
	s.fut.Resolve(v)
}

func (l *Loop) Run(ctx context.Context) error {
	for {
		if ctx.Err() != nil {
			l.unwind()
			return ctx.Err()
		}
		l.mu.Lock()
		var s *state
		n := len(l.live)
		if len(l.ready) > 0 {
			s = l.ready[0]
			l.ready = l.ready[1:]
		}
		l.mu.Unlock()
		if s == nil {
			if n == 0 {
				return nil
			}
			select {
			case <-l.wake:
			case <-ctx.Done():
			}
			continue
		}
		r := l.step(s, true)
		if r.ended {
			l.mu.Lock()
			delete(l.live, s)
			l.mu.Unlock()
		}
		if r.panicked {
			l.unwind()
			panic(r.value)
		}
	}
}

func (l *Loop) unwind() {
	for {
		l.mu.Lock()
		todo := l.order
		l.order = nil
		l.mu.Unlock()
		if len(todo) == 0 {
			return
		}
		for _, s := range todo {
			l.mu.Lock()
			live := l.live[s]
			l.mu.Unlock()
			if live && s.begun {
				l.mu.Lock()
				re := len(l.ready) > 0 && l.ready[0] == s
				l.mu.Unlock()
				if re {
					if r := l.step(s, true); r.ended {
						continue
					}
				}
				l.step(s, false)
			}
		}
	}
}
