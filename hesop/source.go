package hesop

// Source is the kind of column that a code was found in.
type Source uint8

// The sources, the finest first.
const (
	Raw          Source = iota // diag_01.., opertn_01..: the full code
	Positional                 // diag_4_01.., diag_3_01.. and their like: its first characters
	Concatenated               // diag_4_concat and its like: the same, joined by commas
)

// String returns the source in lower case.
func (s Source) String() string {
	switch s {
	case Raw:
		return "raw"
	case Positional:
		return "positional"
	default:
		return "concatenated"
	}
}

// MarshalText returns what String does.
func (s Source) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Fields says which code columns are read.
type Fields uint8

// The choices of columns. Within a choice the finest columns of each system are
// taken.
const (
	// AllFields reads raw, positional and concatenated columns.
	AllFields Fields = iota
	// PositionalFields reads only the columns of one code each, raw ones
	// included.
	PositionalFields
	// ConcatenatedFields reads only the concatenated columns.
	ConcatenatedFields
)

func (f Fields) allow(s Source) bool {
	switch f {
	case PositionalFields:
		return s != Concatenated
	case ConcatenatedFields:
		return s == Concatenated
	default:
		return true
	}
}
