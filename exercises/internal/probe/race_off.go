//go:build !race

package probe

func raceOff() {}
func raceOn()  {}
