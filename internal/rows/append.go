package rows

// AppendField appends a field of CSV to line. It puts quotes around the field only if CSV requires them, and then
// doubles the quotes inside. It changes nothing else.
func AppendField[T string | []byte](line []byte, field T) []byte {
	quote := false
	for i := range len(field) {
		switch field[i] {
		case ',', '"', '\r', '\n':
			quote = true
		}
	}
	if !quote {
		return append(line, field...)
	}
	line = append(line, '"')
	for i := range len(field) {
		if field[i] == '"' {
			line = append(line, '"')
		}
		line = append(line, field[i])
	}
	return append(line, '"')
}
