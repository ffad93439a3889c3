package hesop

import "hesopmatch/internal/textform"

// Form is how a column holds codes.
type Form uint8

// The forms, the finest first.
const (
	Raw          Form = iota // diag_01.., opertn_01..: the full code
	Positional               // diag_4_01.., diag_3_01.. and their like: its first characters
	Concatenated             // diag_4_concat and its like: the same of all positions, joined by commas
)

// String returns the form in lower case.
func (f Form) String() string {
	switch f {
	case Raw:
		return "raw"
	case Positional:
		return "positional"
	default:
		return "concatenated"
	}
}

// MarshalText returns what String does.
func (f Form) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (f *Form) UnmarshalText(text []byte) error {
	return textform.Read(f, text, "form of a code column", Raw, Positional, Concatenated)
}

// Fields says which code columns a Reader reads. Of those it reads the finest of each system.
type Fields uint8

// The choices of columns.
const (
	AllFields          Fields = iota // raw, positional and concatenated columns
	PositionalFields                 // the columns of one code each, raw ones included
	ConcatenatedFields               // the concatenated columns
)

func (f Fields) allow(form Form) bool {
	switch f {
	case PositionalFields:
		return form != Concatenated
	case ConcatenatedFields:
		return form == Concatenated
	default:
		return true
	}
}
