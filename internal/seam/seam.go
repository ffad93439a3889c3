// Package seam has what packages of this module need of each other's types and their users do not. A type embeds an
// alias of one of these: its methods are promoted, and the documentation does not show them.
package seam

import (
	"context"
	"iter"

	"hesopmatch/codelist/coding"
)

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

// MaxWorkers and MaxBlock are the most workers, and the most bytes of a block, that a scan takes.
const (
	MaxWorkers = 1024
	MaxBlock   = 256 << 20
)

// Block is some appointments that follow each other, on their way through Blocks. It is good until the function that it
// was given to returns, and so is everything taken from it; its memory is used again. It is for one goroutine at a
// time.
type Block[A any] interface {
	// All yields the appointments in order, each good until the next one is asked for. It can be called again. While
	// a block is worked on, numbers of rows and lines count from its start; when it is taken they are those of the
	// data.
	All() iter.Seq[A]

	Keep()             // marks the appointment that All has yielded last
	Kept() iter.Seq[A] // yields the appointments that were marked since All was called, as All does

	State() *any // is for the caller, and stays with the block when its memory is used again
}

// Reader lets other packages read blocks.
type Reader[A any] struct{ within ReaderWithin[A] }

// ReaderWithin is what a reader does for other packages.
type ReaderWithin[A any] struct {
	Blocks func(ctx context.Context, workers, size int, work func(Block[A]), take func(Block[A]) error) error

	// NotePrimary adds a warning if codes of a system are to be matched in the first position and the data may not
	// say which that is.
	NotePrimary func(coding.System)

	StatesRawWidth bool // RawWidth was given

	IsShared func() bool // several workers are of use
}

// NewReader makes a Reader.
func NewReader[A any](within ReaderWithin[A]) Reader[A] { return Reader[A]{within} }

// IsMade reports whether the reader can be read, and is no zero one.
func (r *Reader[A]) IsMade() bool { return r.within.Blocks != nil }

// Blocks reads what is left in blocks: see blocks.go of package hesop.
func (r *Reader[A]) Blocks(
	ctx context.Context, workers, size int, work func(Block[A]), take func(Block[A]) error,
) error {
	return r.within.Blocks(ctx, workers, size, work, take)
}

// NotePrimary does what ReaderWithin says.
func (r *Reader[A]) NotePrimary(sys coding.System) { r.within.NotePrimary(sys) }

// IsShared does what ReaderWithin says.
func (r *Reader[A]) IsShared() bool { return r.within.IsShared() }

// StatesRawWidth does what ReaderWithin says.
func (r *Reader[A]) StatesRawWidth() bool { return r.within.StatesRawWidth }

// Matcher lets other packages ask about a matcher.
type Matcher[R any] struct {
	noteLimits func(R)
	isPrimary  bool
}

// NewMatcher makes a Matcher. noteLimits adds to the notices of a reader what its columns cannot tell the lists;
// isPrimary is true of one of PrimaryOnly.
func NewMatcher[R any](noteLimits func(R), isPrimary bool) Matcher[R] {
	return Matcher[R]{noteLimits, isPrimary}
}

// IsPrimary reports whether the matcher matches first positions only.
func (m *Matcher[R]) IsPrimary() bool { return m.isPrimary }

// IsMade reports whether the matcher was compiled, and is no zero one.
func (m *Matcher[R]) IsMade() bool { return m.noteLimits != nil }

// NoteLimits does what NewMatcher says.
func (m *Matcher[R]) NoteLimits(r R) { m.noteLimits(r) }
