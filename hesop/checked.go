//go:build hesopcheck

package hesop

// isChecked gives every row an Appointment of its own, so using an Appointment after its row has passed panics. The
// build tag hesopcheck is meant for the tests of a program: it costs an allocation for each row.
const isChecked = true
