package message

import "strings"

// Word returns what the interface calls key: a column, a verdict
// ("verdict.race"), a status ("status.graded"). An unknown key is returned
// without its prefix.
func Word(lang, key string) string {
	w, ok := words[key]
	switch {
	case !ok:
		return key[strings.LastIndexByte(key, '.')+1:]
	case lang == Spanish:
		return w[1]
	}
	return w[0]
}

// Verdict returns the name of a verdict of results.
func Verdict(lang, verdict string) string { return Word(lang, "verdict."+verdict) }

// Status returns the name of a status of results.
func Status(lang, status string) string { return Word(lang, "status."+status) }

var words = map[string][2]string{
	"verdict.pass":     {"pass", "bien"},
	"verdict.fail":     {"fail", "fallo"},
	"verdict.race":     {"race", "carrera"},
	"verdict.leak":     {"leak", "fuga"},
	"verdict.deadlock": {"deadlock", "interbloqueo"},
	"verdict.timeout":  {"timeout", "sin fin"},
	"verdict.panic":    {"panic", "pánico"},
	"verdict.memory":   {"memory", "memoria"},
	"verdict.output":   {"output", "salida"},
	"verdict.tampered": {"tampered", "manipulado"},
	"verdict.not_run":  {"not run", "no ejecutado"},
	"verdict.infra":    {"grade again", "repetir"},

	"status.graded":       {"graded", "calificado"},
	"status.error":        {"not graded", "sin calificar"},
	"status.unchanged":    {"not started", "sin empezar"},
	"status.missing":      {"missing", "sin entregar"},
	"status.rejected":     {"rejected", "rechazado"},
	"status.build_failed": {"does not compile", "no compila"},

	"grader":        {"grader", "calificador"},
	"race detector": {"race detector", "carreras"},
	"limits":        {"limits", "límites"},
	"note":          {"note", "aviso"},
	"grading":       {"grading", "calificar"},

	"left":        {"left", "quedan"},
	"interrupted": {"interrupted", "interrumpido"},
	"track":       {"Track", "Itinerario"},
	"title":       {"Title", "Título"},
	"difficulty":  {"Difficulty", "Dificultad"},
	"advice":      {"advice, no points", "consejo, sin puntos"},
	"submission":  {"Submission", "Entrega"},
	"exercise":    {"Exercise", "Ejercicio"},
	"check":       {"Check", "Comprobación"},
	"verdict":     {"Verdict", "Resultado"},
	"points":      {"Points", "Puntos"},
	"score":       {"Score", "Nota"},
	"line":        {"Line", "Línea"},
	"hint":        {"Hint", "Pista"},
	"output":      {"What the program printed", "Lo que imprimió el programa"},
	"schedule":    {"The schedule that fails", "El orden de pasos que falla"},
	"goroutine":   {"goroutine", "goroutine"},
	"test":        {"the test", "la prueba"},
	"flags":       {"To look at", "A revisar"},
	"class":       {"Class", "Grupo"},
	"average":     {"Average", "Media"},
	"seed":        {"seed", "semilla"},
	"sandbox":     {"sandbox", "aislamiento"},
	"graded_on":   {"Graded", "Calificado"},
	"steps":       {"more steps", "pasos más"},
	"more":        {"more", "más"},
	"before":      {"Before", "Antes"},
	"after":       {"After", "Ahora"},
	"removed":     {"gone", "ya no está"},
	"nothing":     {"Nothing changed.", "No cambió nada."},
	"all":         {"All", "Todas"},
	"full":        {"Full score", "Nota máxima"},
	"lost":        {"Lost points", "Perdieron puntos"},
	"flagged":     {"To look at", "A revisar"},
	"ungraded":    {"Not graded", "Sin calificar"},
	"again":       {"To grade again", "A repetir"},
	"show":        {"Show", "Mostrar"},
	"unfinished": {
		"The run was stopped before it reached some submissions",
		"La calificación se detuvo antes de llegar a algunas entregas",
	},
	"cut": {
		"The rest does not fit here; it is in results.json.",
		"El resto no cabe aquí; está en results.json.",
	},
	"no_sandbox": {
		"Student code ran without a sandbox.",
		"El código de los estudiantes se ejecutó sin aislamiento.",
	},
	"no_race": {
		"Data races go unnoticed on this machine: it has no C compiler for the race detector.",
		"En esta máquina no se notan las carreras de datos: le falta el compilador de C del detector de carreras.",
	},
	"visible_only": {
		"Only the visible tests were graded: this kit has no hidden ones.",
		"Solo se calificaron las pruebas visibles: este kit no tiene ocultas.",
	},
}
