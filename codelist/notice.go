package codelist

// Level is how serious a Notice is. The zero Level is not valid.
type Level uint8

// The levels, the least serious first.
const (
	LevelNote    Level = 1 + iota // worth knowing
	LevelWarning                  // used, but probably not what the author meant
	LevelError                    // refused or rejected
)

// String returns "error", "warning" or "note", or "no level" for the zero Level.
func (l Level) String() string {
	switch l {
	case LevelError:
		return "error"
	case LevelWarning:
		return "warning"
	case LevelNote:
		return "note"
	default:
		return "no level"
	}
}

// Notice is a line that a person should read about a codelist or about data. Text gives the file and the location,
// never the content of a row of data.
type Notice struct {
	Level Level  `json:"level"`
	Text  string `json:"text"`
}

// String returns the level and the text: "warning: list.csv: ...".
func (n Notice) String() string { return n.Level.String() + ": " + n.Text }
