package program

// People is how many people share a number of synthetic appointments, some forty each: UK
// LLC has 8.6 million of 200,434 people. Of a few rows most have their own.
func People(rows int) int { return max(1, rows/40, min(rows, 20)) }
