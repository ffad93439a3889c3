//go:build race

package sqloracle

// raced reports whether the race detector is on. The detector makes SQLite fifty times slower, because the driver is
// written in Go.
const raced = true
