// Rejected: TestMoveUp leak: the helper stays for a minute, in case that somebody comes.

// Accepted: tokens are a number; a goroutine serves the line and ends when it is empty.

package ratelimit

import (
	"container/list"
	"context"
	"fmt"
	"math"
	"sync"
	"time"
)

type Limiter struct {
	mu      sync.Mutex
	rate    float64
	burst   float64
	tokens  float64
	last    time.Time
	line    *list.List // of chan struct{}, closed with a token
	serving bool
	unused  bool          // since a minute ago
	idle    chan struct{} // tells the server that somebody has left
}

func New(perSecond float64, burst int) *Limiter {
	if math.IsNaN(perSecond) || perSecond <= 0 || burst < 1 {
		panic(fmt.Sprintf("ratelimit: New(%v, %d)", perSecond, burst))
	}
	return &Limiter{rate: perSecond, burst: float64(burst), tokens: float64(burst), last: time.Now(),
		line: list.New(), idle: make(chan struct{}, 1)}
}

func (l *Limiter) advance() {
	now := time.Now()
	owed := float64(l.line.Len()) // on top of what the bucket holds
	l.tokens = min(l.burst+owed, l.tokens+now.Sub(l.last).Seconds()*l.rate)
	l.last = now
}

func (l *Limiter) until(tokens float64) time.Duration {
	return time.Duration(math.Ceil(max(0, tokens-l.tokens)/l.rate*1e9)) + 1
}

func (l *Limiter) Allow() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.advance()
	if l.tokens < float64(l.line.Len()+1) {
		return false
	}
	l.tokens--
	return true
}

func (l *Limiter) Wait(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if l.Allow() {
		return nil
	}
	l.mu.Lock()
	wait := l.until(float64(l.line.Len() + 1))
	if end, ok := ctx.Deadline(); ok && time.Until(end) < wait {
		l.mu.Unlock()
		return context.DeadlineExceeded
	}
	token := make(chan struct{})
	place := l.line.PushBack(token)
	if !l.serving {
		l.serving = true
		go l.serve()
	} else if l.line.Len() == 1 {
		l.unused = false
		select {
		case l.idle <- struct{}{}:
		default:
		}
	}
	l.mu.Unlock()

	select {
	case <-token:
		return nil
	case <-ctx.Done():
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	select {
	case <-token: // it came first
		return nil
	default:
	}
	l.line.Remove(place)
	if l.line.Len() == 0 {
		select {
		case l.idle <- struct{}{}:
		default:
		}
	}
	return fmt.Errorf("ratelimit: left the line: %w", ctx.Err())
}

func (l *Limiter) serve() {
	for {
		l.mu.Lock()
		l.advance()
		for l.tokens >= 1 && l.line.Len() > 0 {
			l.tokens--
			close(l.line.Remove(l.line.Front()).(chan struct{}))
		}
		pause := time.Minute // for somebody else may come
		if l.line.Len() == 0 && l.unused {
			l.serving = false
			l.mu.Unlock()
			return
		}
		l.unused = l.line.Len() == 0
		if !l.unused {
			pause = l.until(1)
		}
		timer := time.NewTimer(pause)
		l.mu.Unlock()
		select {
		case <-timer.C:
		case <-l.idle:
			timer.Stop()
		}
	}
}
