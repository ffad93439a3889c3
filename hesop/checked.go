//go:build hesopcheck

package hesop

// isChecked gives every row an Appointment of its own, so using one after its row has passed panics. The tag is for
// testing programs: it costs an allocation for each row.
const isChecked = true
