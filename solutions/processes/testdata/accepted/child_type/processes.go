package processes

import (
	"context"
	"sync"
)

type Process interface {
	Call(job string) (string, error)
	Kill()
	Wait() error
}

type Spawn func(ctx context.Context) (Process, error)

type child struct {
	Process
	once sync.Once
}

func (c *child) kill() { c.once.Do(c.Process.Kill) }

func (c *child) end() {
	c.kill()
	c.Process.Wait()
}

type master struct {
	ctx     context.Context
	spawn   Spawn
	jobs    []string
	results []string

	mu   sync.Mutex
	next int
	err  error
	live map[*child]bool
}

func (m *master) fail(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil {
		return
	}
	if m.ctx.Err() != nil {
		err = m.ctx.Err()
	}
	m.err = err
	for c := range m.live {
		c.kill()
	}
}

func (m *master) take() (int, bool) {
	if m.stopped() {
		return 0, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil || m.next == len(m.jobs) {
		return 0, false
	}
	m.next++
	return m.next - 1, true
}

func (m *master) start() *child {
	p, err := m.spawn(m.ctx)
	if err != nil {
		m.fail(err)
		return nil
	}
	c := &child{Process: p}
	m.mu.Lock()
	ended := m.err != nil
	if !ended {
		m.live[c] = true
	}
	m.mu.Unlock()
	if ended {
		c.end()
		return nil
	}
	return c
}

func (m *master) forget(c *child) {
	c.end()
	m.mu.Lock()
	delete(m.live, c)
	m.mu.Unlock()
}

// stopped notes the end of ctx itself: whoever leaves because of it may be ahead of
// AfterFunc.
func (m *master) stopped() bool {
	if err := m.ctx.Err(); err != nil {
		m.fail(err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.err != nil
}

func (m *master) work() {
	var c *child
	defer func() {
		if c != nil {
			m.forget(c)
		}
	}()
	for {
		i, ok := m.take()
		if !ok {
			return
		}
		for try := 1; ; try++ {
			if c == nil {
				if c = m.start(); c == nil {
					return
				}
			}
			r, err := c.Call(m.jobs[i])
			if err == nil {
				m.results[i] = r
				break
			}
			if try == 2 {
				m.fail(err)
				return
			}
			m.forget(c)
			c = nil
			if m.stopped() {
				return
			}
		}
	}
}

func Map(ctx context.Context, n int, spawn Spawn, jobs []string) ([]string, error) {
	if n < 1 {
		panic("processes: n < 1")
	}
	if spawn == nil {
		panic("processes: nil spawn")
	}
	if len(jobs) == 0 {
		return []string{}, nil
	}
	m := &master{ctx: ctx, spawn: spawn, jobs: jobs, results: make([]string, len(jobs)), live: map[*child]bool{}}
	watched := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		m.fail(ctx.Err())
		close(watched)
	})
	var wg sync.WaitGroup
	for range min(n, len(jobs)) {
		wg.Go(m.work)
	}
	wg.Wait()
	if !stop() {
		<-watched
	}
	if m.err != nil {
		return nil, m.err
	}
	return m.results, nil
}
