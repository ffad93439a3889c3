//go:build race

package sqloracle

// raced says that the race detector is at work. SQLite, which is Go here, is fifty times
// slower then.
const raced = true
