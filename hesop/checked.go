//go:build hesopcheck

package hesop

// isChecked gives every row an Appointment of its own, so a program panics if it uses an Appointment after its row. The
// build tag hesopcheck is meant for the tests of a program: it costs an allocation for each row.
const isChecked = true
