//go:build hesopcheck

package hesop

// isChecked gives every row an Appointment of its own, so that one kept beyond its row panics. The tag is for tests of
// programs: it costs an allocation for each row.
const isChecked = true
