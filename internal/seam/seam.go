// Package seam has what packages of this module need of each other's types and their users do not. A type embeds an
// alias of one of these: its methods are promoted, and the documentation does not show them.
package seam

// RawCut counts the appointments whose answers depend on whether raw columns were cut. Package match notes them, and
// package hesop fails by them at the end of the data.
type RawCut struct {
	isNoted bool // of the appointment at hand
	n       int64
}

// NoteCut notes the appointment at hand.
func (c *RawCut) NoteCut() {
	if !c.isNoted {
		c.isNoted = true
		c.n++
	}
}

// NextCut goes on to the next appointment.
func (c *RawCut) NextCut() { c.isNoted = false }

// TakeCut returns how many were noted and forgets them.
func (c *RawCut) TakeCut() int64 {
	n := c.n
	c.n = 0
	return n
}
