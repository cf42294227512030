package gate

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
)

// childArg makes the grader a child of its own.
const childArg = "__gate"

// Init turns the process into a gate child when this binary was executed as
// one, and then never returns. Call it early in main and TestMain.
func Init() {
	if len(os.Args) > 1 && os.Args[1] == childArg {
		runtime.GOMAXPROCS(1) // the grader runs one child a core
		debug.SetMaxStack(maxStack)
		os.Exit(serve(os.Stdin, os.Stdout))
	}
}

// maxStack ends a child whose input nests too deep: its share of Memory.
const maxStack = 256 << 20

// serve is the child: it reads a Request from in and writes its lines to out,
// each as soon as it is known. It returns the exit code.
func serve(in io.Reader, out io.Writer) int {
	var req Request
	if err := json.NewDecoder(bufio.NewReader(in)).Decode(&req); err != nil {
		fmt.Fprintln(os.Stderr, "gate: read the request:", err)
		return 1
	}
	enc := json.NewEncoder(out)
	if err := enc.Encode(line{}); err != nil {
		return 1
	}
	x := newExaminer(req.Exports)
	for _, e := range req.Exercises {
		answer := x.examine(e)
		if err := enc.Encode(line{Answer: &answer}); err != nil {
			return 1
		}
	}
	return 0
}
