package program

import (
	"encoding/json"
	"io"
)

// WriteJSON writes a value as indented JSON, with < and & unescaped.
func WriteJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}
