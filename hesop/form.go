package hesop

import "hesopmatch/internal/textform"

// Form is how a column holds codes.
type Form uint8

// The forms, the most detailed first.
const (
	Raw          Form = iota // diag_01.., opertn_01..: the full code
	Positional               // diag_4_01.., diag_3_01.. and so on: the first characters of the code
	Concatenated             // diag_4_concat and so on: the same for all positions, joined by commas
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

// MarshalText returns the text of String.
func (f Form) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads the text of MarshalText.
func (f *Form) UnmarshalText(text []byte) error {
	return textform.Read(f, text, "form of a code column", Raw, Positional, Concatenated)
}

// Fields selects code columns by form. For each system, a Reader reads the most detailed of the selected columns.
type Fields uint8

// The choices of columns.
const (
	AllFields          Fields = iota // raw, positional and concatenated columns
	PositionalFields                 // columns of one position each; raw columns are included
	ConcatenatedFields               // concatenated columns
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
