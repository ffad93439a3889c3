// Package noform has what values embed that must not be written out: they would come back as
// others, in silence.
package noform

import "errors"

// Reason says why values of a type have no binary or text form, and what to send instead.
type Reason interface{ Reason() string }

// Of makes the type that embeds it fail to marshal, as binary, JSON, XML or by gob, for the reason
// that the zero R gives. Its methods have value receivers, so that a copy in another value
// fails as well. Embed an alias of it, whose name is not exported.
type Of[R Reason] struct{}

func reasonOf[R Reason]() error {
	var r R
	return errors.New(r.Reason())
}

// MarshalBinary fails: the value has no binary form.
func (Of[R]) MarshalBinary() ([]byte, error) { return nil, reasonOf[R]() }

// UnmarshalBinary fails: the value has no binary form.
func (Of[R]) UnmarshalBinary([]byte) error { return reasonOf[R]() }

// MarshalText fails: the value has no text form. JSON and XML use it.
func (Of[R]) MarshalText() ([]byte, error) { return nil, reasonOf[R]() }

// UnmarshalText fails: the value has no text form.
func (Of[R]) UnmarshalText([]byte) error { return reasonOf[R]() }

// UnmarshalJSON fails: the value has no text form.
func (Of[R]) UnmarshalJSON([]byte) error { return reasonOf[R]() }

// NoCopy makes go vet object to a copy of the value that has a field of it.
type NoCopy struct{}

// Lock does nothing: go vet takes a type that has it for one that must not be copied.
func (*NoCopy) Lock() {}

// Unlock does nothing.
func (*NoCopy) Unlock() {}
