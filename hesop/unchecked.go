//go:build !hesopcheck

package hesop

const isChecked = false
