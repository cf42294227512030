TEXT ·native(SB), 4, $0
	RET
