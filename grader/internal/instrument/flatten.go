package instrument

import (
	"fmt"
	"go/scanner"
	"go/token"
	"strconv"
	"strings"
)

// lineDirective makes what follows count as being at that line and column of
// the file. The block form may stand anywhere in a line.
func lineDirective(p token.Position) string { return fmt.Sprintf("/*line :%d:%d*/", p.Line, p.Column) }

// flatten writes the code in text, which begins at line first of its file, on
// one line. Line directives keep its tokens on the lines they were on; comments
// other than these go.
func flatten(text string, first int) string {
	if !strings.Contains(text, "\n") {
		return text
	}
	f := &flattener{line: 1, first: first}
	f.file = token.NewFileSet().AddFile("", -1, len(text))
	f.scan.Init(f.file, []byte(text), func(token.Position, string) {}, scanner.ScanComments)
	for f.next() {
	}
	return f.out.String()
}

type flattener struct {
	scan  scanner.Scanner
	file  *token.File
	first int
	out   strings.Builder

	line    int    // of text, that the output is on
	end     int    // offset in text of the end of the last token
	pending string // a semicolon that a line end stands for, if a token follows
}

func (f *flattener) next() bool {
	pos, tok, lit := f.scan.Scan()
	switch {
	case tok == token.EOF:
		return false
	case tok == token.SEMICOLON && lit == "\n":
		f.pending = ";"
	case tok == token.COMMENT && !strings.HasPrefix(lit, "/*line :"):
	default:
		f.emit(pos, tok, lit)
	}
	return true
}

func (f *flattener) emit(pos token.Pos, tok token.Token, lit string) {
	if lit == "" {
		lit = tok.String()
	}
	at := f.file.PositionFor(pos, false)
	f.out.WriteString(f.pending)
	f.pending = ""
	if at.Line > f.line {
		f.line = at.Line
		at.Line += f.first - 1
		f.out.WriteString(lineDirective(at))
	} else if at.Offset > f.end {
		f.out.WriteByte(' ')
	}
	f.end = at.Offset + len(lit)
	f.out.WriteString(oneLine(tok, lit))
}

// oneLine is lit without line ends, which of all tokens only raw strings hold.
func oneLine(tok token.Token, lit string) string {
	if tok != token.STRING || !strings.Contains(lit, "\n") {
		return lit
	}
	if s, err := strconv.Unquote(lit); err == nil {
		return strconv.Quote(s)
	}
	return lit
}
