//go:build race

package sqloracle

// raced reports whether the race detector is on. It makes SQLite fifty times slower, because this driver is written in
// Go.
const raced = true
