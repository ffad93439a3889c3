package program

import (
	"encoding/json"
	"io"
)

// WriteJSON writes a value as JSON for people to read, with < and & as they are.
func WriteJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}
