package instrument

import (
	"fmt"
	"strings"
)

// generator makes programs that compile out of bytes: each byte is a choice, and
// when none are left, the choices are the shortest ones.
type generator struct {
	choices []byte
	depth   int
	loops   []string // labels of the loops around
	labels  int
}

func (g *generator) choose(n int) int {
	if len(g.choices) == 0 || g.depth > 6 {
		return 0
	}
	c := int(g.choices[0])
	g.choices = g.choices[1:]
	return c % n
}

// pick expands one of the forms: a word that begins with $ is a rule, by name.
func (g *generator) pick(forms ...string) string {
	form := forms[g.choose(len(forms))]
	g.depth++
	defer func() { g.depth-- }()
	var b strings.Builder
	for i, part := range strings.Split(form, "$") {
		if i == 0 {
			b.WriteString(part)
			continue
		}
		b.WriteString(g.rule(part[0]))
		b.WriteString(part[1:])
	}
	return b.String()
}

func (g *generator) rule(name byte) string {
	switch name {
	case 'i': // an int
		return g.pick("x", "1", "<-$c", "f($i)", "($i + $i)", "len(s)", "t.n", "s[$i]", "1<<($i&3)", "func() int {$n$B$n return $i$n}()", "len(`a\nb`)", "t.m($_$i,$_$i,$_)", "*p", "min(1, $i)")
	case 'b': // statements, each ended
		return g.pick("", "$s$;", "$s$;$s$;", "$s$;$s$;$s$;")
	case 'c': // a chan int
		return g.pick("c", "cs[$i]", "t.c", "make(chan int)", "<-cc", "(<-cc)", "g(\n$i,\n)", "func() chan int { $B return $c }()", "chan int(nil)", "(d)")
	case 'o': // a bool
		return g.pick("ok", "$i == $i", "!($o)", "$o && $o", "<-$c < $i", "<-bb")
	case 'n': // where a line may end
		return g.pick("\n", " ", " // case <-c:\n", "\n\n\t")
	case '_': // where a line may end in an operand
		return g.pick("", "\n", "/* , */", " // ,\n")
	case 'B': // the body of a function literal
		loops := g.loops
		defer func() { g.loops = loops }()
		g.loops = nil
		return g.rule('b')
	case ';':
		return g.pick("\n", "; ", " /* ; */\n", "\n\n")
	case 's':
		return g.statement()
	case 'S':
		return g.communication()
	case 'L':
		return g.loop()
	}
	return g.call()
}

func (g *generator) statement() string {
	return g.pick("x++", "$c <- $i", "<-$c", "x = $i", "x, ok = <-$c", "{ v, more := <-$c$; _, _ = v, more }", "ff <- 1", "bb <- $o", "ff <- float64(f($i))", "ee <- nil",
		"close($c)", "defer close($c)", "go $f", "defer $f", "if v := $i; $o {$n$b} else if $o { x = v$; $b}", "switch $i {$ncase <-$c, $i:$n$b$ndefault:$n$b}",
		"$L", "select {$n$S}", "select {$n$S$;$S}", "select {$n$S$;$S$;default:$n$b}", "select {\ndefault: $b}", "for $c <- $i; $o; <-$c { $b }", "t.n, *p = $i, $i", "runtime.Gosched()",
		"time.AfterFunc(1, func() { $B })", "func() {$n$B}()", "if $o { panic($i) }", "s[$i] += <-$c", "e = nil", "{\n$b}")
}

func (g *generator) communication() string {
	return g.pick("case <-$c:$n$b", "case v := <-$c:$n_ = v$;$b", "case v, more := <-$c: _, _ = v, more$;$b", "case $c <- $i:$n$b", "case x = <-$c:$n$b", "case s[$i], ok2 = <-$c: $b", "case _, _ = <-$c:",
		"case bb <- $o: break", "case $c <-$_$i:$n$b", "case (<-$c):\n", "case ee <- nil:", "case e = <-$c:", "case ff <- 2: $b", "case d <- $i:")
}

// call is what may follow go and defer.
func (g *generator) call() string {
	return g.pick("h()", "func() {$n$B}()", "func(int) int {$n$B$n return $i }($i)", "f($i)", "t.m($i,$_$i)", "t.m(two())", "t.v()", "fs[$i]($i, nil)", "variadic($i, s...)", "variadic(1,\n$i, // ,\n2)",
		"generic($i, $c)", "generic[any]($i, nil)", "panic($i)", "copy(s, s)", "println($i, $o)", "flagged($i == $i, 1)", "flagged($i < $i && !($i == 2), 1)", "variadic(1<<($i&3))", "(*T).m(t, 1, $i)", "runtime.Gosched()", "I(t).v()", "g($i)")
}

// loop may have a label, and rounds that end early, also those of loops around.
func (g *generator) loop() string {
	label, prefix, end := "", "", "if $o { continue }"
	if g.choose(2) == 1 {
		g.labels++
		label = fmt.Sprintf("L%d", g.labels)
		prefix, end = label+":$n", "if $o { continue "+label+" }"
	}
	if n := len(g.loops); n > 0 {
		end += "$;if $o { continue " + g.loops[g.choose(n)] + " }"
	}
	if label != "" {
		g.loops = append(g.loops, label)
		defer func() { g.loops = g.loops[:len(g.loops)-1] }()
	}
	head := []string{"range $c", "range s", "x = range $c", "t.n > 0", "i := 0; i < t.n; i++"}[g.choose(5)]
	return g.pick(prefix+"for "+head+" {$n$b$n"+end+"$n}", prefix+"for "+head+" { $b"+end+"$;$b}", prefix+"for "+head+" { if true {"+end+"};$b}")
}

// program is the whole file.
func program(choices []byte) string {
	g := &generator{choices: choices}
	return `package p

import ("time"; "runtime"; . "sync/atomic"; sy "sync")

type T struct { sy.Mutex; n int; c chan int; a Int32 }
type I interface{ v() }
type flag bool

func (t *T) m(a, b int) int { return a }
func (t *T) v() {}
func two() (int, int) { return 1, 2 }
func f(int) int { return 1 }
func h() {}
func variadic(int, ...int) {}
func generic[A any](a A, c chan int) A { return a }
func flagged(flag, float64) {}

var package_ = ` + g.pick("1", "<-make(chan int)", "len(\n`a\nb`)") + `

func body(x int, p *int, s []int, c, d chan int, cs []chan int, cc chan chan int, bb chan bool, ff chan float64, ee chan error, e any, ok bool, ok2 flag, t *T, fs []func(int, *int), g func(int) chan int) {
	_ = time.Now; runtime.Gosched()
	` + g.statements() + `
}
`
}

// statements uses up the choices.
func (g *generator) statements() string {
	var b strings.Builder
	for len(g.choices) > 0 && b.Len() < 1<<14 {
		b.WriteString(g.pick("$s$;"))
	}
	return b.String()
}
