package program

// People returns how many people to invent for a number of synthetic appointments: one for every 40, because UK LLC has
// 8.6 million appointments of 200,434 people. It returns at least 20, or one for each row if there are fewer rows.
func People(rows int) int { return max(1, rows/40, min(rows, 20)) }
