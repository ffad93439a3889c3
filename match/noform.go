package match

import "errors"

// errNoForm is what marshalling a Matcher, a Result or a Totals ends in.
var errNoForm = errors.New("match: a Matcher, Result or Totals has no binary or text form, which would lose its codelists: " +
	"send the numbers of Counts and Status, with the names of the lists")

// noForm makes the type that embeds it fail to marshal, as binary, JSON, XML or by gob.
// Its methods have value receivers, so that a copy in another value fails as well.
type noForm struct{}

// MarshalBinary fails: the value has no binary form.
func (noForm) MarshalBinary() ([]byte, error) { return nil, errNoForm }

// UnmarshalBinary fails: the value has no binary form.
func (noForm) UnmarshalBinary([]byte) error { return errNoForm }

// MarshalText fails: the value has no text form. JSON and XML use it.
func (noForm) MarshalText() ([]byte, error) { return nil, errNoForm }

// UnmarshalText fails: the value has no text form.
func (noForm) UnmarshalText([]byte) error { return errNoForm }

// UnmarshalJSON fails: the value has no text form.
func (noForm) UnmarshalJSON([]byte) error { return errNoForm }

// noCopy makes go vet object to a copy of the value that has a field of it.
type noCopy struct{}

// Lock does nothing: go vet takes a type that has it for one that must not be copied.
func (*noCopy) Lock() {}

// Unlock does nothing.
func (*noCopy) Unlock() {}
