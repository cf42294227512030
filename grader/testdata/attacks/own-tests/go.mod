module gorutinas

go 1.99
