// Tour prints what it does and on which line, which must not change.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	. "sync"
	"sync/atomic"
	"time"
)

// here prints a text with the line of its caller.
func here[T any](text string, v T) T {
	_, file, line, _ := runtime.Caller(1)
	fmt.Println(file, line, text, v)
	return v
}

// caught prints the value of a panic and the lines of this program on its stack.
func caught(name string, f func()) {
	defer func() {
		p := recover()
		pcs := make([]uintptr, 50)
		frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs)])
		fmt.Print(name, ": ", p)
		for more := true; more; {
			var f runtime.Frame
			if f, more = frames.Next(); filepath.Base(f.File) == "main.go" {
				fmt.Print(" ", f.Line)
			}
		}
		fmt.Println()
	}()
	f()
}

type switchable bool

type box struct {
	Mutex
	c chan int
	n int
}

func (b box) value(done chan<- string, x ...int)    { done <- fmt.Sprint("value ", b.n, x) }
func (b *box) pointer(done chan<- string, x ...any) { done <- fmt.Sprint("pointer ", b.n, x) }

func pair() (chan<- string, int)          { return results, 7 }
func takesPair(c chan<- string, n int)    { c <- fmt.Sprint("pair ", n) }
func generic[T any](c chan<- string, x T) { c <- fmt.Sprintf("generic %T %v", x, x) }
func typed(c chan<- string, f float64, s switchable, e error) {
	c <- fmt.Sprintf("typed %v %v %v", f, s, e)
}

var results = make(chan string)

var atStart = <-filled(here("package variable", 1))

func filled(values ...int) chan int {
	c := make(chan int, len(values))
	for _, v := range values {
		c <- v
	}
	close(c)
	return c
}

func main() {
	operands()
	loops()
	selects()
	goroutines()
	panics()
	callbacks()
	later()
	if len(os.Args) > 1 {
		return
	}
	panic(fmt.Sprint("the end ", atStart))
}

func operands() {
	c := make(chan int, 3)
	f := make(chan float64, 2)
	e := make(chan error, 2)
	s := make(chan switchable, 2)
	c <- here("first", 1)
	c <- here("second", 2) + <-c
	f <- 1
	e <- nil
	e <- errors.New("e")
	s <- here("compared", 3) == 3
	var ok switchable
	var v any
	v, ok = <-c
	fmt.Println(v, ok, <-f, <-e, <-e, <-s)
	close(c)
	x, more := <-c
	fmt.Println(x, more, here("line", <-filled(here("inner", 1),
		2)), []int{<-filled(4), 5}[<-filled(0)])
	if x := <-c; x == <-c && <-filled(1) == 1 {
		fmt.Println("if")
	}
	switch <-filled(2) {
	case <-filled(1):
		fmt.Println("one")
	case <-filled(2):
		fmt.Println("two")
	}
}

func loops() {
	sum := 0
outer:
	for v := range filled(1, 2, 3, 4, 5, 6) {
		for w := range filled(1, 2) {
			if v == 2 {
				continue outer
			}
			if w == 2 {
				continue
			}
			sum += v * w
		}
		switch {
		case v == 4:
			continue
		case v == 6:
			break outer
		}
		defer func() { fmt.Println("deferred", v) }()
	}
	b := box{}
	for b.n = range filled(7, 8) {
	}
	for range filled(1) {
		sum++
	}
	fmt.Println("sum", sum, b.n)
}

func ends(a, b chan int) int {
again:
	select {
	case v, ok := <-a:
		if !ok {
			a, b = nil, make(chan int, 1)
			goto again
		}
		return v
	case b <- here("value", 2) +
		here("second line", 3):
		return -<-b
	}
}

func selects() {
	closed := filled()
	fmt.Println(ends(filled(9), nil), ends(closed, nil))
	var ok switchable
	list := []int{0, 0}
	index := func(i int) int { return here("index", i) }
loop:
	for i := 0; ; i++ {
		select {
		case list[index(1)], ok = <-filled(here("operand", i)):
			if i == 3 {
				break loop
			}
			if i == 2 {
				break
			}
			continue loop
		case (chan string)(nil) <- here("never", `raw
string`):
		}
		fmt.Println("after", i, list, ok)
	}
	select {
	case <-make(chan int):
	case make(chan string) <- func() string {
		here("in a literal", 1) // comment
		select {
		case v := <-filled(2):
			here("nested", v)
		}
		return `two
lines`
	}():
	default:
		fmt.Println("default")
	}
	select {
	default:
		fmt.Println("empty")
	}
}

func goroutines() {
	b := &box{n: 1}
	first := make(chan bool)
	go func(v int) {
		fmt.Println("literal", v)
		close(first)
	}(here("argument", 5))
	<-first
	go b.value(results, here("value argument", 1), 2)
	b.n = 2
	fmt.Println(<-results)
	go b.pointer(results, []any{1, "x"}...)
	fmt.Println(<-results)
	go (*box).pointer(b,
		results,
		here("on its line", 3), // comment, with a comma
		nil,
	)
	fmt.Println(<-results)
	go takesPair(pair())
	fmt.Println(<-results)
	go generic(results, 1.5)
	fmt.Println(<-results)
	go generic[any](results, b.n == 2)
	fmt.Println(<-results)
	go typed(results, 1, b.n == 2, nil)
	fmt.Println(<-results)
	fs := []func(chan<- string){func(c chan<- string) { c <- "element" }}
	go fs[here("function", 0)](results)
	fs[0] = nil
	fmt.Println(<-results)
	c := make(chan int)
	go close(c)
	<-c
	var wg WaitGroup
	var n atomic.Int64
	for i := range 10 {
		wg.Add(1)
		go func() { defer wg.Done(); runtime.Gosched(); n.Add(int64(i)) }()
	}
	wg.Wait()
	fmt.Println("sum", n.Load())
}

func panics() {
	var none *box
	var nilChan func() chan int
	caught("send on closed", func() { filled() <- 1 })
	caught("close of closed", func() { close(filled()) })
	caught("deferred close", func() {
		defer close(filled())
	})
	caught("nil pointer", func() {
		<-none.c
	})
	caught("nil value", func() {
		filled() <- none.n
	})
	caught("select operand", func() {
		select {
		case <-filled():
		case <-nilChan():
		}
	})
	caught("select value", func() {
		select {
		case v := <-filled():
			_ = v
		case results <- fmt.Sprint(
			none.n,
		):
		}
	})
	caught("go receiver", func() {
		go none.
			value(nil)
	})
	caught("go argument", func() {
		go takesPair(
			results,
			none.n,
		)
	})
}

// later calls functions of the library as values, deferred, and through interfaces.
func later() {
	join, list := fmt.Sprintln, []any{1, "b"}
	defer here("join", 0)
	defer fmt.Fprint(os.Stdout, "deferred ", len(list), "\n")
	here("join", join())
	here("join", join(list...))
	here("join", join("a", list))
	reader, writer := io.Pipe()
	var shut io.Closer = writer
	shutWith := writer.CloseWithError
	defer shut.Close()
	here("close", shutWith(io.ErrNoProgress))
	_, err := reader.Read(nil)
	here("read", err)
	caught("deferred close of nothing", func() {
		var nothing io.Closer
		defer nothing.
			Close()
	})
}

func callbacks() {
	done := make(chan bool)
	after := time.AfterFunc
	after(0, func() { done <- true })
	fmt.Println(<-done)
	ctx, cancel := context.WithCancel(context.Background())
	context.AfterFunc(ctx, func() { done <- false })
	cancel()
	fmt.Println(<-done)
	defer runtime.Gosched()
	f := runtime.Gosched
	f()
}
