// Rejected: TestPanicGoesOn fail: the text of the error has only the first line of the recovered value.

package timed

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

type Report struct {
	Name    string
	Elapsed time.Duration
	Err     error
}

func Timed[T any](name string, report func(Report), fn func(context.Context) (T, error)) func(context.Context) (T, error) {
	if report == nil || fn == nil {
		panic("timed: report and fn must not be nil")
	}
	return func(ctx context.Context) (value T, err error) {
		start := time.Now()
		defer func() {
			r := Report{Name: name, Elapsed: time.Since(start), Err: err}
			p := recover()
			if p != nil {
				line, _, _ := strings.Cut(fmt.Sprint(p), "\n")
				r.Err = errors.New("panic: " + line)
			}
			report(r)
			if p != nil {
				panic(p)
			}
		}()
		return fn(ctx)
	}
}
