package calls

import (
	"os"
	"sync"
	"testing"
)

// TestCall makes the two calls that the environment names side by side.
func TestCall(t *testing.T) {
	call, look := Pairs[os.Getenv("CALL")]()
	var both sync.WaitGroup
	both.Go(call)
	both.Go(look)
	both.Wait()
}
