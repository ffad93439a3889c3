// Package noform makes marshalling fail for types whose values would not survive a round trip. Without this package,
// encoders would write such a value and silently read back a different one.
package noform

import "errors"

// Reason explains why values of a type have no binary or text form, and what to send instead.
type Reason interface{ Reason() string }

// Of makes a type fail to marshal as binary, text, JSON, XML or gob: the type must embed an unexported alias of Of. The
// error is the Reason of the zero R. The methods have value receivers, so a copy inside another value fails as well.
type Of[R Reason] struct{}

func reasonOf[R Reason]() error {
	var r R
	return errors.New(r.Reason())
}

// MarshalBinary fails: the value has no binary form.
func (Of[R]) MarshalBinary() ([]byte, error) { return nil, reasonOf[R]() }

// UnmarshalBinary fails: the value has no binary form.
func (Of[R]) UnmarshalBinary([]byte) error { return reasonOf[R]() }

// MarshalText fails: the value has no text form. JSON and XML call this method.
func (Of[R]) MarshalText() ([]byte, error) { return nil, reasonOf[R]() }

// UnmarshalText fails: the value has no text form.
func (Of[R]) UnmarshalText([]byte) error { return reasonOf[R]() }

// UnmarshalJSON fails: the value has no text form.
func (Of[R]) UnmarshalJSON([]byte) error { return reasonOf[R]() }

// NoCopy makes go vet report copies of a value that has a field of this type.
type NoCopy struct{}

// Lock does nothing. go vet reports copies of a value whose type has this method.
func (*NoCopy) Lock() {}

// Unlock does nothing.
func (*NoCopy) Unlock() {}
