package sandbox

import (
	"errors"
	"io"
	"os"
	"sync"
	"time"
)

// Descriptors of a child beyond its output.
const (
	inputFD  = 3 // where a program reads its input
	recordFD = 4 // where it writes its record
	reportFD = 5 // where a launcher says why it failed
)

const (
	recordCap = 1 << 20
	dumpCap   = 1 << 20 // of a goroutine dump beyond the output limit
)

// pipes are the descriptors of one run. The child's ends are closed as soon as
// it has them.
type pipes struct {
	out, record, report *drain
	input               *os.File
	child               []*os.File // out, then by descriptor: input, record, report
	all                 []*os.File
	feeding             sync.WaitGroup
}

func openPipes(l Limits) (*pipes, error) {
	p := &pipes{}
	pair := func() (r, w *os.File, err error) {
		r, w, err = os.Pipe()
		if err == nil {
			p.all = append(p.all, r, w)
		}
		return r, w, err
	}
	outR, outW, err1 := pair()
	inR, inW, err2 := pair()
	recR, recW, err3 := pair()
	repR, repW, err4 := pair()
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		p.close()
		return nil, err
	}
	p.out = newDrain(outR, l.Output)
	p.record = newDrain(recR, recordCap)
	p.report = newDrain(repR, 4<<10)
	p.input = inW
	p.child = []*os.File{outW, inR, recW, repW}
	return p, nil
}

// begin starts to move bytes; finish stops it.
func (p *pipes) begin(input []byte) {
	for _, f := range p.child {
		f.Close()
	}
	for _, d := range []*drain{p.out, p.record, p.report} {
		go d.run()
	}
	p.feeding.Go(func() {
		_, _ = p.input.Write(input) // a program that does not read its input is no error
		p.input.Close()
	})
}

// finish returns when no byte moves any more. A process that lives on with an
// end of a pipe in its hands has a moment, since all of them are dead by now.
func (p *pipes) finish() {
	_ = p.input.SetWriteDeadline(time.Now())
	p.feeding.Wait()
	for _, d := range []*drain{p.out, p.record, p.report} {
		_ = d.file.SetReadDeadline(time.Now().Add(time.Second))
		<-d.done
	}
}

func (p *pipes) close() {
	for _, f := range p.all {
		f.Close()
	}
}

// drain reads a pipe to its end and keeps the first bytes. The writer never
// waits for more than the reader's turn, however much it writes.
type drain struct {
	file *os.File
	over chan struct{} // closed when there was more than the limit
	done chan struct{} // closed at the end of the file

	mu    sync.Mutex // guards what follows
	kept  []byte
	limit int64
	cut   bool // something was not kept, and over is closed
}

func newDrain(f *os.File, limit int64) *drain {
	return &drain{file: f, limit: limit, over: make(chan struct{}), done: make(chan struct{})}
}

func (d *drain) run() {
	defer close(d.done)
	_, _ = io.CopyBuffer(struct{ io.Writer }{d}, struct{ io.Reader }{d.file}, make([]byte, 32<<10))
}

// Write keeps what fits. It never fails.
func (d *drain) Write(b []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	keep := min(int64(len(b)), d.limit-int64(len(d.kept)))
	d.kept = append(d.kept, b[:keep]...)
	if keep < int64(len(b)) && !d.cut {
		d.cut = true
		close(d.over)
	}
	return len(b), nil
}

// grow makes room for what the kill itself brings about: a goroutine dump.
func (d *drain) grow(n int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.limit += n
}

// result may be called when done is closed.
func (d *drain) result() (kept []byte, cut bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.kept, d.cut
}
