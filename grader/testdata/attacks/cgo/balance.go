// Attack: rejected: C code
package balance

// #include <stdlib.h>
import "C"

func init() { C.exit(0) }
