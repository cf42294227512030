package balance

func g() {}
