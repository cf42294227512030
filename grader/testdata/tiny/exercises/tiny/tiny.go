package tiny

func One() int { return 0 }

func Two() int { return 0 }
