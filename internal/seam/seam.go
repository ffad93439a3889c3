// Package seam gives types methods that other packages of this module call, but that users do not need. A type embeds
// an alias of a type of this package. The methods are promoted, but the documentation does not show them.
package seam

import (
	"context"
	"iter"

	"hesopmatch/codelist/coding"
)

// RawCut counts the appointments whose answers depend on whether raw columns were truncated. Package match counts them,
// and package hesop fails at the end of the data if there are any.
type RawCut struct {
	isNoted bool // the current appointment is already counted
	n       int64
}

// NoteCut counts the current appointment, at most once.
func (c *RawCut) NoteCut() {
	if !c.isNoted {
		c.isNoted = true
		c.n++
	}
}

// NextCut starts the next appointment.
func (c *RawCut) NextCut() { c.isNoted = false }

// TakeCut returns the number of counted appointments and resets it to 0.
func (c *RawCut) TakeCut() int64 {
	n := c.n
	c.n = 0
	return n
}

// MaxWorkers is the maximum number of workers of a scan, and MaxBlock the maximum size of a block in bytes.
const (
	MaxWorkers = 1024
	MaxBlock   = 256 << 20
)

// Block is a run of consecutive appointments that Blocks passes to a function. The block, and everything obtained from
// it, is valid until that function returns, because Blocks reuses its memory. A block is for one goroutine at a time.
type Block[A any] interface {
	// All yields the appointments in order. Each is valid until the next is requested. All may be called again. In the
	// work function of Blocks, numbers of rows and lines count from the start of the block. In the take function, they
	// count from the start of the data.
	All() iter.Seq[A]

	Keep()             // keeps the appointment that All yielded last
	Kept() iter.Seq[A] // yields the appointments kept since the last call of All, as All does

	State() *any // a value for the caller, which stays with the block when its memory is reused
}

// Reader lets other packages read the blocks of a reader.
type Reader[A any] struct{ within ReaderWithin[A] }

// ReaderWithin holds the functions of a reader that other packages call.
type ReaderWithin[A any] struct {
	Blocks func(ctx context.Context, workers, size int, work func(Block[A]), take func(Block[A]) error) error

	// NotePrimary adds a warning if the caller matches codes of a system only in the first position and the data may
	// not show which code that is.
	NotePrimary func(coding.System)

	StatesRawWidth bool // the option RawWidth was given

	IsShared func() bool // reports whether several workers would be faster than one
}

// NewReader returns a Reader with the given functions.
func NewReader[A any](within ReaderWithin[A]) Reader[A] { return Reader[A]{within} }

// IsMade reports whether the reader was made by NewReader and is not a zero value.
func (r *Reader[A]) IsMade() bool { return r.within.Blocks != nil }

// Blocks reads the rest of the data in blocks: see blocks.go of package hesop.
func (r *Reader[A]) Blocks(
	ctx context.Context, workers, size int, work func(Block[A]), take func(Block[A]) error,
) error {
	return r.within.Blocks(ctx, workers, size, work, take)
}

// NotePrimary calls the function of ReaderWithin.
func (r *Reader[A]) NotePrimary(sys coding.System) { r.within.NotePrimary(sys) }

// IsShared calls the function of ReaderWithin.
func (r *Reader[A]) IsShared() bool { return r.within.IsShared() }

// StatesRawWidth returns the field of ReaderWithin.
func (r *Reader[A]) StatesRawWidth() bool { return r.within.StatesRawWidth }

// Matcher gives other packages access to a matcher.
type Matcher[R any] struct {
	noteLimits func(R)
	isPrimary  bool
}

// NewMatcher returns a Matcher. The function noteLimits adds notices to a reader about the limits that its columns put
// on the lists. isPrimary is true for a matcher that PrimaryOnly returned.
func NewMatcher[R any](noteLimits func(R), isPrimary bool) Matcher[R] {
	return Matcher[R]{noteLimits, isPrimary}
}

// IsPrimary reports whether the matcher matches only first positions.
func (m *Matcher[R]) IsPrimary() bool { return m.isPrimary }

// IsMade reports whether the matcher was compiled and is not a zero value.
func (m *Matcher[R]) IsMade() bool { return m.noteLimits != nil }

// NoteLimits calls the function passed to NewMatcher.
func (m *Matcher[R]) NoteLimits(r R) { m.noteLimits(r) }
