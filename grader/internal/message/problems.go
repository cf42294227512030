package message

// problems are the sentences of the gate, of the build and of the intake, in
// English as these packages write them and in Spanish. What varies stands in
// braces. The first that fits is taken.
var problems = [][2]string{
	// The gate's rules.
	{`import {path} is not allowed; {advice}`, `no se puede importar {path}; {advice}`},
	{`{name} is not allowed; of package {path} use only {names}`, `{name} no está permitido; del paquete {path} usa solo {names}`},
	{`a method {name} of this kind is not allowed: {why}`, `no se permite un método {name} de esta clase: {why}`},
	{`{name} is not allowed: {why}`, `{name} no está permitido: {why}`},
	{
		`Stack may not tell of other goroutines, nor be passed on; call it as runtime.Stack(buf, false)`,
		`Stack no puede hablar de otras goroutines ni pasarse a otra función; llámala como runtime.Stack(buf, false)`,
	},
	{
		`GOMAXPROCS may not be changed or passed on; ask for it with runtime.GOMAXPROCS(0)`,
		`GOMAXPROCS no se puede cambiar ni pasar a otra función; consúltalo con runtime.GOMAXPROCS(0)`,
	},
	{
		`{name} belongs to package {path}, which everything shares: it may not be changed or pointed to; keep a variable of your own`,
		`{name} es del paquete {path}, que todo el programa comparte: no se puede cambiar ni tomar su dirección; usa una variable tuya`,
	},
	{
		`the lock of a sync.Cond must be a *sync.Mutex, a *sync.RWMutex or its RLocker(), or a pointer to a struct that embeds one; write for example sync.NewCond(&mu)`,
		`el candado de un sync.Cond tiene que ser un *sync.Mutex, un *sync.RWMutex o su RLocker(), o un puntero a un struct que incrusta uno; escribe por ejemplo sync.NewCond(&mu)`,
	},
	{
		`sync.NewCond must be called where it is named, so that its lock can be seen; write for example sync.NewCond(&mu)`,
		`a sync.NewCond hay que llamarla donde se nombra, para que se vea su candado; escribe por ejemplo sync.NewCond(&mu)`,
	},
	{
		`the package is called {name}; every file of this exercise begins with: package {exercise}`,
		`el paquete se llama {name}; todos los archivos de este ejercicio empiezan con: package {exercise}`,
	},
	{`a file called {name} is the kit's own; choose another name`, `un archivo llamado {name} es del propio kit; elige otro nombre`},
	{
		`a file whose name ends in {end} is only compiled for {platform}; rename it, for example to {name}`,
		`un archivo cuyo nombre acaba en {end} solo se compila para {platform}; cámbiale el nombre, por ejemplo a {name}`,
	},
	{
		`the line holds the invisible character {char}, which can make code look like another; remove it, or write it as {escape} within a string`,
		`la línea tiene el carácter invisible {char}, que puede hacer que un código parezca otro; quítalo, o escríbelo como {escape} dentro de una cadena`,
	},
	{
		`a line comment moves errors to other files; write a space after the slashes if it is prose, else remove it`,
		`un comentario //line lleva los errores a otros archivos; deja un espacio tras las barras si es prosa, y si no, quítalo`,
	},
	{
		`a build constraint is not allowed, since it leaves code out on some machines; remove the line, or write //go:build ignore above a file that is no part of the exercise`,
		`no se permiten restricciones de compilación, porque dejan código fuera en algunas máquinas; quita la línea, o escribe //go:build ignore sobre un archivo que no sea parte del ejercicio`,
	},
	{`go:embed is not allowed; write the text into the source`, `no se permite go:embed; escribe el texto en el código`},
	{`the compiler directive {name} is not allowed; remove the line`, `no se permite la directiva {name} del compilador; quita la línea`},
	{`the letter {letter} (U+01C3) in {name} is reserved for the kit; rename it`, `la letra {letter} (U+01C3) de {name} está reservada para el kit; cambia el nombre`},

	// What the gate advises instead of a package.
	{`use one of {names}`, `usa alguno de {names}`},
	{`the kit's packages are for its tests: write what you need in this package`, `los paquetes del kit son para sus pruebas: escribe lo que necesites en este paquete`},
	{`write what you need in this package`, `escribe lo que necesites en este paquete`},
	{`use the standard library: write what you need in this package`, `usa la biblioteca estándar: escribe lo que necesites en este paquete`},
	{`write the function in this package`, `escribe la función en este paquete`},
	{`the exercises need no C`, `los ejercicios no necesitan C`},
	{`write the text into the source`, `escribe el texto en el código`},
	{`no exercise needs it`, `ningún ejercicio lo necesita`},
	{`use parameters`, `usa parámetros`},
	{`use a map`, `usa un map`},
	{`use log or fmt`, `usa log o fmt`},
	{`this exercise gets its connections through parameters`, `este ejercicio recibe sus conexiones como parámetros`},
	{`this exercise needs no network`, `este ejercicio no necesita red`},
	{
		`use log or fmt to print, return an error instead of exiting, and use parameters instead of files and arguments`,
		`usa log o fmt para imprimir, devuelve un error en lugar de terminar el programa, y usa parámetros en lugar de archivos y argumentos`,
	},
	{
		`a copy of a number of math/big shares its digits, in which the race detector sees nothing: keep a pointer, and copy with its method Set`,
		`la copia de un número de math/big comparte sus cifras, en las que el detector de carreras no ve nada: guarda un puntero y copia con su método Set`,
	},
	{
		`it shares memory in which the race detector sees nothing; use the other methods of big.Int`,
		`comparte memoria en la que el detector de carreras no ve nada; usa los demás métodos de big.Int`,
	},
	{
		`the race detector does not see all that it reads and writes; write it in another way`,
		`el detector de carreras no ve todo lo que lee y escribe; escríbelo de otra manera`,
	},
	{`it tells who has called your code; use log.Print`, `dice quién llamó a tu código; usa log.Print`},
	{`what writes to it waits for others unseen; use log.Print`, `quien escribe en él espera a otros sin que se vea; usa log.Print`},
	{`it is about files, which no exercise needs`, `trata de archivos, y ningún ejercicio los necesita`},
	{`use the interface that the exercise gives`, `usa la interfaz que da el ejercicio`},
	{`use the context that you are given`, `usa el contexto que recibes`},
	{`use generics, an interface or a type switch`, `usa genéricos, una interfaz o un type switch`},
	{`use the packages of the standard library that the exercise allows`, `usa los paquetes de la biblioteca estándar que permite el ejercicio`},
	{`put tests into a file that ends in _test.go, which is not graded`, `pon las pruebas en un archivo que acabe en _test.go, que no se califica`},
	{`use ordinary types and sync/atomic`, `usa tipos corrientes y sync/atomic`},
	{`use ordinary pointers`, `usa punteros corrientes`},
	{`use {package}`, `usa {package}`},

	// What keeps code from being built.
	{
		`it takes too long or too much memory to type-check; simplify its constants, array sizes, nested and generic types`,
		`comprobar sus tipos lleva demasiado tiempo o demasiada memoria; simplifica sus constantes, sus arrays y sus tipos anidados y genéricos`,
	},
	{`the type checker cannot cope with it ({why}); write it in a simpler way`, `el comprobador de tipos no puede con él ({why}); escríbelo de forma más sencilla`},
	{
		`the grader cannot cope with it ({why}); write it in a simpler way, and report this as a defect of the grader`,
		`el calificador no puede con él ({why}); escríbelo de forma más sencilla, y avisa de este defecto del calificador`,
	},
	{`the compiler was stopped: its variables are larger than the linker allows`, `se detuvo el compilador: sus variables ocupan más de lo que admite el enlazador`},
	{`the compiler was stopped: its expressions are nested too deep`, `se detuvo el compilador: sus expresiones están anidadas a demasiada profundidad`},
	{`the compiler was stopped: it needed more than {limit} of processor time`, `se detuvo el compilador: necesitaba más de {limit} de procesador`},
	{`the compiler was stopped: it needed more than {limit} of memory`, `se detuvo el compilador: necesitaba más de {limit} de memoria`},
	{`the compiler was stopped: it went over its limit of {what}`, `se detuvo el compilador: superó su límite de {what}`},
	{`cannot be checked: {why}`, `no se puede comprobar: {why}`},
	{
		`the tests do not compile with it: {why}; compare its declarations with the statement's`,
		`las pruebas no compilan con él: {why}; compara sus declaraciones con las del enunciado`,
	},
	{
		`{name} was not handed in; found instead: {names}; rename the file that is meant`,
		`no se entregó {name}; en su lugar hay: {names}; cambia el nombre del archivo que corresponda`,
	},
	{`{name} was not handed in`, `no se entregó {name}`},
	{
		`the grader could not grade it, which is not the submission's fault: {why}`,
		`el calificador no pudo calificarla, y no es culpa de la entrega: {why}`,
	},

	// What a command says to a student.
	{`no kit found: run this inside a clone of gorutinas, or name one with --kit DIR`, `no se encontró ningún kit: ejecútalo dentro de un clon de gorutinas, o nombra uno con --kit DIR`},
	{`no exercise is called {name}; did you mean {other}?`, `ningún ejercicio se llama {name}; ¿querías decir {other}?`},
	{"no exercise is called {name}; `grader list` shows them all", "ningún ejercicio se llama {name}; `grader list` los muestra todos"},
	{
		`this is no student kit, and has no other copy of the stub: use git checkout {path}`,
		`este kit no es de estudiante y no guarda otra copia del archivo inicial: usa git checkout {path}`,
	},
	{`{path} cannot be watched: {why}`, `no se puede vigilar {path}: {why}`},
	{
		`some checks could not be decided on this machine ({count}) and count 0 points: run the same command again when less is running beside it; what is decided comes from the cache`,
		`hay comprobaciones que no se pudieron decidir en esta máquina ({count}) y cuentan 0 puntos: repite la orden cuando haya menos carga; lo ya decidido sale de la caché`,
	},
	{`{name} does not exist; give a submission, an archive, or a folder of them`, `{name} no existe; da una entrega, un archivo comprimido o una carpeta de entregas`},
	{
		`{name} holds no submission; give a folder with exercises, an archive, or a folder of them`,
		`{name} no contiene ninguna entrega; da una carpeta con exercises, un archivo comprimido o una carpeta de entregas`,
	},
	{`the kit's pristine copy cannot be read ({why}); get a new copy of the kit`, `la copia intacta del kit no se puede leer ({why}); consigue otra copia del kit`},
	{`the go command is not in the PATH: install Go from {address}`, `la orden go no está en el PATH: instala Go desde {address}`},
	{
		`this Go is too old for the kit: the go command in the PATH is {found}; install {wanted} or later from {address}`,
		`este Go es demasiado antiguo para el kit: la orden go del PATH es {found}; instala {wanted} o posterior desde {address}`,
	},
	{
		`the race detector needs a C compiler and {name} is not in the PATH: install the package gcc (Debian, Ubuntu, Fedora), build-base (Alpine) or the Xcode command line tools`,
		`el detector de carreras necesita un compilador de C y {name} no está en el PATH: instala el paquete gcc (Debian, Ubuntu, Fedora), build-base (Alpine) o las herramientas de Xcode`,
	},
	{
		"the kit's modules are not on this machine and could not be downloaded: run {command} in {dir} where there is a network ({why})",
		"los módulos del kit no están en esta máquina y no se pudieron descargar: ejecuta {command} en {dir} donde haya red ({why})",
	},

	// What takes long, and what this machine lacks.
	{`downloading the kit's modules`, `descargando los módulos del kit`},
	{
		`compiling the standard library for the race detector; this happens once and may take a minute or two`,
		`compilando la biblioteca estándar para el detector de carreras; se hace una sola vez y puede tardar uno o dos minutos`,
	},
	{
		`compiling the standard library; this happens once and may take a minute or two`,
		`compilando la biblioteca estándar; se hace una sola vez y puede tardar uno o dos minutos`,
	},
	{`data races go unnoticed on this machine: {why}`, `en esta máquina no se notan las carreras de datos: {why}`},
	{`sandbox {tier}: {why}`, `aislamiento {tier}: {why}`},

	// What is advised.
	{`more advice, left out here: {count}`, `más consejos, que aquí se omiten: {count}`},

	// Why there is no better sandbox.
	{`{tier} was asked for`, `se pidió {tier}`},
	{`there is none for {system}`, `no lo hay para {system}`},

	// What the intake flags.
	{`edited {name}, of which the kit's own copy was used`, `modificó {name}, y se usó la copia del propio kit`},
	{`{name} is a link or no ordinary file, and was not used`, `{name} es un enlace o no es un archivo corriente, y no se usó`},
	{`{name} is an archive beside the exercises, and was not used`, `{name} es un archivo comprimido junto a los ejercicios, y no se usó`},

	// What the intake cannot read.
	{`nothing was handed in under this id; compare the roster with the submissions' names`, `no se entregó nada con este identificador; compara la lista con los nombres de las entregas`},
	{`{name} was replaced while it was opened; grade it again when nothing writes there`, `{name} cambió mientras se abría; vuelve a calificarla cuando nada escriba ahí`},
	{`{name} is neither a folder nor an archive; hand in a folder, a .zip or a .tar.gz`, `{name} no es ni una carpeta ni un archivo comprimido; entrega una carpeta, un .zip o un .tar.gz`},
	{`{name} is a link, which is not followed; put the folder or archive itself there`, `{name} es un enlace, y no se sigue; pon ahí la carpeta o el archivo comprimido`},
	{`{name} is no regular file; put the file itself there`, `{name} no es un archivo corriente; pon ahí el archivo mismo`},
	{`{name} is larger than {size}; hand in source text alone`, `{name} ocupa más de {size}; entrega solo código fuente`},
	{`{name} is larger than {size}; {advice}`, `{name} ocupa más de {size}; {advice}`},
	{`{name} cannot be read ({why}); check that it exists and that you may read it`, `{name} no se puede leer ({why}); comprueba que existe y que tienes permiso`},
	{`{count} submissions have the id {id}, among them {first} and {second}; rename all but one`, `{count} entregas tienen el identificador {id}, entre ellas {first} y {second}; cambia el nombre de todas menos una`},
	{`the name {name} holds characters that cannot be seen; rename it`, `el nombre {name} tiene caracteres que no se ven; cámbialo`},
	{`{name} has no name before its extension; rename it`, `{name} no tiene nombre antes de la extensión; cámbialo`},
	{`{name} holds more than {count} files and folders; {advice}`, `{name} tiene más de {count} archivos y carpetas; {advice}`},
	{`{name} holds the path {path}, which leads out of it; make the archive again from inside the project's folder`, `{name} contiene la ruta {path}, que sale de él; vuelve a comprimirlo desde la carpeta del proyecto`},
	{`{name} is encrypted; pack it again without a password`, `{name} está cifrado; comprímelo de nuevo sin contraseña`},
	{`{name} is packed by a method that is not read; pack it again as an ordinary zip`, `{name} usa un método de compresión que no se lee; comprímelo de nuevo como un zip corriente`},
	{`{name} is a single file; put it into a folder or an archive of the student's own`, `{name} es un archivo suelto; ponlo en una carpeta o un archivo comprimido de ese estudiante`},
	{`{name} is not a kind of archive that is read; pack it as .zip or .tar.gz`, `{name} no es un tipo de archivo comprimido que se lea; comprímelo como .zip o .tar.gz`},
	{`{inner} is no longer in {name}; grade it again when nothing writes there`, `{inner} ya no está en {name}; vuelve a calificarla cuando nada escriba ahí`},
	{`{name} is an empty file; download or pack it again`, `{name} es un archivo vacío; descárgalo o comprímelo de nuevo`},
	{`{name} is an archive with nothing in it; pack the exercises folder again`, `{name} es un archivo comprimido sin nada dentro; vuelve a comprimir la carpeta exercises`},
	{`{name} holds a {kind} in spite of its name; rename it to end in {end}`, `{name} es en realidad un {kind}; cambia su nombre para que acabe en {end}`},
	{`{name} cannot be unpacked ({why}); download or pack it again`, `{name} no se puede descomprimir ({why}); descárgalo o comprímelo de nuevo`},
	{`{name} unpacks to far more than source text does; {advice}`, `{name} ocupa al descomprimirlo mucho más que un código fuente; {advice}`},
	{`hand in the exercises folder alone`, `entrega solo la carpeta exercises`},
	{`leave out hidden folders such as .git, or pack the class in parts`, `quita las carpetas ocultas como .git, o comprime la clase por partes`},
	{`{name} has more than {size} of source files; hand in the exercises alone`, `{name} tiene más de {size} de código fuente; entrega solo los ejercicios`},
	{`{file} is in {name} twice; pack it again with one of them`, `{file} está dos veces en {name}; comprímelo de nuevo con una sola`},
	{`{name} holds {count} .go files, more than {most}; hand in fewer`, `{name} tiene {count} archivos .go, más de {most}; entrega menos`},
	{`{name} holds two folders named exercises, {first} and {second}; keep one`, `{name} tiene dos carpetas exercises, {first} y {second}; deja una`},
	{`the compiler takes no file named {name}; rename it to letters, digits and underscores`, `el compilador no admite un archivo llamado {name}; usa letras, cifras y guiones bajos`},
	{
		`{name} holds two folders with exercises, {first} and {second}; put them into one folder named exercises`,
		`{name} tiene dos carpetas con ejercicios, {first} y {second}; júntalas en una sola llamada exercises`,
	},
	{`the names of {first} and {second} differ only in case, which some systems do not see; keep one`, `los nombres de {first} y {second} solo se distinguen en las mayúsculas, que algunos sistemas no ven; deja uno`},
}
