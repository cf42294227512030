package message

// Explored begins the code of a finding in an explored schedule; the code of the same
// finding elsewhere follows.
const Explored = "explore."

// inSchedule makes s speak of the schedule that is shown beneath it.
func (s sentence) inSchedule() sentence {
	s.en = "in the schedule below, " + s.en
	s.es = "en el orden de pasos de abajo, " + s.es
	return s
}

// sentences has every code's sentence. Each says what happened, at which line,
// and what the contract wants or what to do about it.
var sentences = map[string]sentence{
	"fail.got_want": {
		[]string{"contract", "call", "got", "want"},
		"{call} gave {got}, but point {contract} of the contract asks for {want}.",
		"{call} dio {got}, pero el punto {contract} del contrato pide {want}.",
	},
	"fail.contract": {
		[]string{"contract", "text"},
		"point {contract} of the contract does not hold: {text}.",
		"no se cumple el punto {contract} del contrato: {text}.",
	},
	"fail.goexit": {
		nil,
		"a call never returned, because runtime.Goexit ended its goroutine; leave your functions with return.",
		"una llamada no volvió nunca, porque runtime.Goexit terminó su goroutine; sal de tus funciones con return.",
	},
	"fail.assert": {
		[]string{"assertion"},
		"the test expected something else: {assertion}",
		"la prueba esperaba otra cosa: {assertion}",
	},

	"fail.exit": {
		[]string{"exit"},
		"the test ended with exit code {exit} without saying why; read what the program printed.",
		"la prueba terminó con el código de salida {exit} sin decir por qué; lee lo que imprimió el programa.",
	},

	"race.callback": {
		[]string{"first", "second"},
		"two goroutines are at the same time in functions that your code was given, called at {first} and at {second}; one call has to end before the next begins.",
		"dos goroutines están a la vez en funciones que tu código recibió, llamadas en {first} y en {second}; una llamada tiene que terminar antes de que empiece la siguiente.",
	},
	"race.callback/same": {
		[]string{"first", "second"},
		"two goroutines are at the same time in a function that your code was given, both called at {first}; one call has to end before the next begins.",
		"dos goroutines están a la vez en una función que tu código recibió, llamada por ambas en {first}; una llamada tiene que terminar antes de que empiece la siguiente.",
	},
	"race.test": {
		[]string{"at"},
		"what your code does at {at} goes on while the test uses the same memory already; it has to end, or to stand still, before the call returns.",
		"lo que hace tu código en {at} sigue mientras la prueba usa ya la misma memoria; tiene que terminar, o detenerse, antes de que vuelva la llamada.",
	},
	"race.receiver": {
		[]string{"method", "type", "at"},
		"{method} takes its {type} by value, so that every call copies all of it, and meets what your code writes at {at}; give the methods of {type} a pointer receiver.",
		"{method} recibe su {type} por valor, así que cada llamada lo copia entero, y coincide con lo que tu código escribe en {at}; da a los métodos de {type} un receptor puntero.",
	},
	"race.waitgroup": {
		[]string{"add", "wait"},
		"the WaitGroup.Add at {add} may come when the Wait at {wait} waits already or has returned; every Add must come before Wait can begin.",
		"el WaitGroup.Add de {add} puede llegar cuando el Wait de {wait} ya espera o ha vuelto; todo Add tiene que ir antes de que Wait pueda empezar.",
	},
	"race.close": {
		[]string{"close", "send"},
		"one goroutine closes the channel at {close} while another sends on it at {send}; only the sender may close.",
		"una goroutine cierra el canal en {close} mientras otra envía por él en {send}; solo puede cerrarlo quien envía.",
	},
	"race.two_writes": {
		[]string{"expr", "first", "second"},
		"two goroutines write {expr} at the same time, at {first} and at {second}; guard every use of it with one mutex, or do not share it.",
		"dos goroutines escriben {expr} a la vez, en {first} y en {second}; protege todos sus usos con un mismo mutex, o no lo compartas.",
	},
	"race.two_writes/same": {
		[]string{"expr", "first"},
		"two goroutines write {expr} at the same time, both at {first}; guard every use of it with one mutex, or do not share it.",
		"dos goroutines escriben {expr} a la vez, ambas en {first}; protege todos sus usos con un mismo mutex, o no lo compartas.",
	},
	"race.read_write": {
		[]string{"expr", "read", "write"},
		"one goroutine reads {expr} at {read} while another writes it at {write}; guard reads and writes with one mutex, or do not share it.",
		"una goroutine lee {expr} en {read} mientras otra lo escribe en {write}; protege lecturas y escrituras con un mismo mutex, o no lo compartas.",
	},
	"race.read_write/same": {
		[]string{"expr", "read"},
		"one goroutine reads {expr} at {read} while another writes it on the same line; guard reads and writes with one mutex, or do not share it.",
		"una goroutine lee {expr} en {read} mientras otra lo escribe en esa misma línea; protege lecturas y escrituras con un mismo mutex, o no lo compartas.",
	},
	"race.unknown": {
		[]string{"first", "second"},
		"two goroutines use the same memory at the same time, at {first} and at {second}, and one of them writes; guard it with one mutex, or do not share it.",
		"dos goroutines usan la misma memoria a la vez, en {first} y en {second}, y al menos una escribe; protégela con un mismo mutex, o no la compartas.",
	},
	"race.unknown/same": {
		[]string{"first"},
		"two goroutines use the same memory at the same time, both at {first}, and one of them writes; guard it with one mutex, or do not share it.",
		"dos goroutines usan la misma memoria a la vez, ambas en {first}, y al menos una escribe; protégela con un mismo mutex, o no la compartas.",
	},
	"race.unknown/none": {
		nil,
		"two goroutines use the same memory at the same time and one of them writes; guard what they share with one mutex, or let them share nothing.",
		"dos goroutines usan la misma memoria a la vez y al menos una escribe; protege lo que comparten con un mismo mutex, o que no compartan nada.",
	},

	"deadlock.blocked": {
		[]string{"op", "at"},
		"{op} at {at} blocks for ever: no goroutine is left that could let it go on.",
		"{op} se queda en espera para siempre en {at}: ya no queda ninguna goroutine que le permita seguir.",
	},
	"deadlock.held": {
		[]string{"op", "at", "holder"},
		"{op} at {at} blocks for ever: the lock was taken at {holder}, and nobody gives it back.",
		"{op} se queda en espera para siempre en {at}: el candado se tomó en {holder} y nadie lo libera.",
	},
	"deadlock.held/same": {
		[]string{"op", "at"},
		"{op} at {at} blocks for ever: the lock was taken at that same line before, and nobody gives it back.",
		"{op} se queda en espera para siempre en {at}: el candado ya se tomó antes en esa misma línea y nadie lo libera.",
	},
	"deadlock.unknown": {
		nil,
		"every goroutine is waiting and none can go on; look for a lock that is not released, or a channel that nobody sends to, receives from or closes.",
		"todas las goroutines esperan y ninguna puede seguir; busca un candado que nadie libera, o un canal por el que nadie envía ni recibe y que nadie cierra.",
	},
	"leak.goroutine": {
		[]string{"count", "op", "at", "created"},
		"{count} goroutines never end: one of them was started at {created} and is still blocked in {op} at {at}; give each of them a way out.",
		"{count} goroutines no terminan nunca: una de ellas se lanzó en {created} y sigue parada en {op}, en {at}; dales a todas una salida.",
	},
	"leak.goroutine/one": {
		[]string{"count", "op", "at", "created"},
		"a goroutine never ends: it was started at {created} and is still blocked in {op} at {at}; give it a way out.",
		"una goroutine no termina nunca: se lanzó en {created} y sigue parada en {op}, en {at}; dale una salida.",
	},
	"leak.blocked": {
		[]string{"count", "op", "at"},
		"{count} goroutines that your code set going never end: one of them is still blocked in {op} at {at}; give each of them a way out.",
		"{count} goroutines que puso en marcha tu código no terminan nunca: una de ellas sigue parada en {op}, en {at}; dales a todas una salida.",
	},
	"leak.blocked/one": {
		[]string{"count", "op", "at"},
		"a goroutine that your code set going never ends: it is still blocked in {op} at {at}; give it a way out.",
		"una goroutine que puso en marcha tu código no termina nunca: sigue parada en {op}, en {at}; dale una salida.",
	},
	"leak.asleep": {
		[]string{"count", "at"},
		"{count} goroutines that your code started still sleep when all calls have ended, one of them at {at}; let that end wake them.",
		"{count} goroutines que lanzó tu código siguen dormidas cuando todas las llamadas han terminado, una de ellas en {at}; haz que ese final las despierte.",
	},
	"leak.asleep/one": {
		[]string{"count", "at"},
		"a goroutine that your code started still sleeps at {at} when all calls have ended; let that end wake it.",
		"una goroutine que lanzó tu código sigue dormida en {at} cuando todas las llamadas han terminado; haz que ese final la despierte.",
	},
	"leak.outlives_at": {
		[]string{"count", "call", "op", "at"},
		"{count} goroutines outlive {call}: one of them is still at {at} ({op}); let all of them end before that.",
		"{count} goroutines sobreviven a {call}: una de ellas sigue en {at} ({op}); haz que terminen todas antes.",
	},
	"leak.outlives_at/one": {
		[]string{"count", "call", "op", "at"},
		"a goroutine outlives {call}: it is still at {at} ({op}); let it end before that.",
		"una goroutine sobrevive a {call}: sigue en {at} ({op}); haz que termine antes.",
	},
	"leak.outlives": {
		[]string{"count", "call"},
		"{count} goroutines outlive {call}; let all of them end before that.",
		"{count} goroutines sobreviven a {call}; haz que terminen todas antes.",
	},
	"leak.outlives/one": {
		[]string{"count", "call"},
		"a goroutine outlives {call}; let it end before that.",
		"una goroutine sobrevive a {call}; haz que termine antes.",
	},
	"leak.unknown": {
		[]string{"count"},
		"{count} goroutines that your code started never end; give each of them a way out.",
		"{count} goroutines que lanzó tu código no terminan nunca; dales a todas una salida.",
	},
	"leak.unknown/one": {
		[]string{"count"},
		"a goroutine that your code started never ends; give it a way out.",
		"una goroutine que lanzó tu código no termina nunca; dale una salida.",
	},

	"leak.context": {
		nil,
		"a context that your code derived, or a function that it gave to context.AfterFunc, still hangs on the parent context when everything is over; call the cancel or stop function that came with it, on every way out.",
		"un contexto que derivó tu código, o una función que dio a context.AfterFunc, sigue colgado del contexto padre cuando todo ha terminado; llama a la función cancel o stop que vino con él, salgas por donde salgas.",
	},
	"leak.pull": {
		nil,
		"a goroutine that iter.Pull has made is left behind; call the stop function that came with it, on every way out.",
		"queda atrás una goroutine que creó iter.Pull; llama a la función stop que vino con ella, salgas por donde salgas.",
	},

	"timeout.cpu": {
		[]string{"limit", "at"},
		"the program was still computing at {at} after {limit} of processor time; look for a loop that never ends, or that waits by going round.",
		"el programa seguía calculando en {at} tras {limit} de procesador; busca un bucle que no acaba, o que espera dando vueltas.",
	},
	"timeout.unknown": {
		[]string{"limit"},
		"the program was still running after {limit}; look for a loop that never ends, or that waits by going round.",
		"el programa seguía en marcha tras {limit}; busca un bucle que no acaba, o que espera dando vueltas.",
	},
	"panic.value": {
		[]string{"value", "at"},
		"your program panicked at {at}: {value}",
		"tu programa entró en pánico (panic) en {at}: {value}",
	},
	"panic.callback": {
		[]string{"value", "at"},
		"a function that your code was given, called at {at}, panicked, and nothing caught the panic: {value}",
		"una función que tu código recibió, llamada en {at}, entró en pánico (panic), y nada lo detuvo: {value}",
	},
	"panic.deferred": {
		[]string{"value", "at"},
		"while a panic was on its way through {at}, a deferred call of the same function went wrong too: {value}",
		"mientras un pánico pasaba por {at}, falló además una llamada con defer de la misma función: {value}",
	},
	"panic.shared": {
		[]string{"at"},
		"{at} ties calls together that have nothing to do with each other, by a channel or WaitGroup of the package or a goroutine that init or an earlier call started; keep what calls wait on in the values that the API makes.",
		"{at} ata llamadas que nada tienen que ver entre sí, con un canal o WaitGroup global o una goroutine que lanzó init o una llamada anterior; aquello en lo que esperan las llamadas va en los valores que crea la API.",
	},
	"panic.unknown": {
		[]string{"value"},
		"your program panicked: {value}",
		"tu programa entró en pánico (panic): {value}",
	},
	"memory.limit": {
		[]string{"limit"},
		"the program wanted more than {limit} of memory and was stopped; look for something that only grows.",
		"el programa pidió más de {limit} de memoria y fue detenido; busca algo que no deja de crecer.",
	},
	"memory.threads": {
		[]string{"limit"},
		"the program wanted more than {limit} threads and was stopped; start fewer goroutines that block outside of Go.",
		"el programa pidió más de {limit} hilos y fue detenido; lanza menos goroutines que se bloqueen fuera de Go.",
	},
	"memory.files": {
		[]string{"limit"},
		"the program had {limit} files or connections open at once and was stopped; close each of them when you are done with it.",
		"el programa tenía abiertos a la vez {limit} archivos o conexiones y fue detenido; cierra cada uno cuando acabes con él.",
	},
	"output.limit": {
		[]string{"limit"},
		"the program printed more than {limit} and was stopped; take the prints out of your loops.",
		"el programa imprimió más de {limit} y fue detenido; quita de tus bucles lo que imprime.",
	},
	"output.disk": {
		[]string{"limit"},
		"the program wrote more than {limit} to files and was stopped; this exercise needs no files.",
		"el programa escribió más de {limit} en archivos y fue detenido; este ejercicio no necesita archivos.",
	},

	"tampered.exit": {
		nil,
		"the program ended before the test did; never call os.Exit or log.Fatal here, return an error instead.",
		"el programa terminó antes que la prueba; aquí no llames nunca a os.Exit ni a log.Fatal: devuelve un error.",
	},
	"not_run.skipped": {
		nil,
		"the test was skipped, so it does not count.",
		"la prueba se saltó, así que no cuenta.",
	},
	"not_run.no_test": {
		nil,
		"this kit has no such test; tell your instructor.",
		"esta prueba no existe en el kit; avisa a quien da la clase.",
	},
	"not_run.unchanged": {
		nil,
		"not started yet: the file is still as you received it.",
		"aún sin empezar: el archivo sigue tal como lo recibiste.",
	},
	"not_run.missing": {
		nil,
		"the exercise's file was not handed in.",
		"no se entregó el archivo del ejercicio.",
	},
	"not_run.rejected": {
		nil,
		"not run, because the code uses something that is not allowed here; see the exercise's problem.",
		"no se ejecutó, porque el código usa algo que aquí no se permite; mira el problema del ejercicio.",
	},
	"not_run.build_failed": {
		nil,
		"not run, because the code does not compile; see the exercise's problem.",
		"no se ejecutó, porque el código no compila; mira el problema del ejercicio.",
	},

	"watch.keys": {
		nil,
		"saving grades again; h hint, l list, n next exercise, q quit, then Enter.",
		"al guardar se califica de nuevo; h pista, l lista, n siguiente ejercicio, q salir, y Enter.",
	},
	"watch.solved": {
		[]string{"exercise"},
		"{exercise} is solved.",
		"{exercise} está resuelto.",
	},
	"hint.next": {
		[]string{"command"},
		"the next hint: {command}",
		"la siguiente pista: {command}",
	},
	"reset.ask": {
		[]string{"path"},
		"put the stub back and lose what is in {path}? [y/N]",
		"¿Volver al archivo inicial y perder lo que hay en {path}? [s/N]",
	},

	"reset.kept": {
		[]string{"path"},
		"nothing was changed in {path}.",
		"no se cambió nada en {path}.",
	},

	"infra.starved": {
		nil,
		"the machine was too busy to run this check, which says nothing about your code; grade it again.",
		"la máquina estaba demasiado ocupada para esta comprobación, lo que no dice nada de tu código; vuelve a calificarla.",
	},
	"infra.error": {
		[]string{"trouble"},
		"the grader could not run this check, which says nothing about your code; grade it again: {trouble}",
		"el calificador no pudo hacer esta comprobación, lo que no dice nada de tu código; vuelve a calificarla: {trouble}",
	},
}
