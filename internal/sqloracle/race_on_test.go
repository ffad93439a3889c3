//go:build race

package sqloracle

// raced reports whether the race detector is on. It makes SQLite, which is Go here, fifty times
// slower.
const raced = true
