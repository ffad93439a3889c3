package codelist

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"hesopmatch/internal/persondata"
)

// isJSON reports whether a text looks like JSON: its first character is a bracket, followed by nothing or by a
// character that JSON allows there. A CSV header may begin with [ too, as in [ICD10].
func isJSON(text string) bool {
	const space = " \t\r\n"
	text = strings.TrimLeft(text, space)
	if text == "" || text[0] != '{' && text[0] != '[' {
		return false
	}
	rest := strings.TrimLeft(text[1:], space)
	return rest == "" || strings.IndexByte(`{["]}`, rest[0]) >= 0
}

// jsonReader reads JSON as a table. It accepts an array of objects, whose keys are the columns in the order of their
// first appearance; an array of texts; and an object whose key "entries" holds a term and a comment for each code.
type jsonReader struct {
	text string
	d    *json.Decoder
	o    *options
	t    *table
	keys map[string]int // columns by key
	left int            // number of cells still allowed
	line int            // physical line up to which line ends have been counted
	at   int            // offset up to which line ends have been counted
}

// readJSON reads a text as a table. isJSON must be true for the text.
func readJSON(text string, o *options) (*table, error) {
	r := &jsonReader{
		text: text, d: json.NewDecoder(strings.NewReader(text)), o: o, t: new(table), keys: make(map[string]int),
		left: o.limits.Cells, line: 1,
	}
	r.d.UseNumber()
	first, err := r.d.Token()
	if err == nil && first == json.Delim('[') {
		err = r.array()
	} else if err == nil {
		err = r.lists()
	}
	if err == nil {
		if _, more := r.d.Token(); more != io.EOF {
			err = r.fail("there is more text after the end of the JSON; several values, one a line, are not read")
		}
	}
	if err == nil {
		return r.t, nil
	}
	if e, ok := errors.AsType[*FileError](err); ok {
		return nil, e
	}
	return nil, r.fail("JSON that is not well formed, or cut short: %v", err)
}

// fail returns an error with the line up to which the decoder has read.
func (r *jsonReader) fail(format string, args ...any) error {
	return &FileError{File: r.o.file, Line: r.lineAt(), Err: ErrText, Detail: fmt.Sprintf(format, args...)}
}

// lineAt returns the physical line up to which the decoder has read.
func (r *jsonReader) lineAt() int {
	offset := min(int(r.d.InputOffset()), len(r.text))
	r.line += strings.Count(r.text[r.at:offset], "\n")
	r.at = offset
	return r.line
}

func (r *jsonReader) add(line int, cells []string) error {
	if !slices.ContainsFunc(cells, func(cell string) bool { return trimSpace(cell) != "" }) {
		r.t.blank++
		return nil
	}
	if r.left -= len(cells); r.left < 0 {
		return limitError(r.o, "cells", r.o.limits.Cells, "Cells")
	}
	if len(r.t.rows) >= r.o.limits.Rows {
		return limitError(r.o, "rows", r.o.limits.Rows, "Rows")
	}
	r.t.rows = append(r.t.rows, tableRow{line: line, cells: cells})
	return nil
}

// array reads the elements of an array: objects or texts.
func (r *jsonReader) array() error {
	texts, objects := 0, 0
	r.t.rows = append(r.t.rows, tableRow{line: r.lineAt()}) // for the column names
	for r.d.More() {
		token, err := r.d.Token()
		if err != nil {
			return err
		}
		line := r.lineAt()
		switch v := token.(type) {
		case string:
			texts++
			err = r.add(line, []string{v})
		case json.Delim:
			objects++
			if v != '{' {
				return r.fail("JSON with an array within an array; only an array of objects, one row each, " +
					"or an array of texts is read")
			}
			err = r.object(line)
		default:
			return r.fail("JSON with an array of neither texts nor objects")
		}
		if err != nil {
			return err
		}
	}
	switch {
	case texts > 0 && objects > 0:
		return r.fail("JSON with an array of both texts and objects")
	case objects == 0:
		r.t.rows = r.t.rows[1:]
	default:
		r.t.rows[0].cells = make([]string, len(r.keys))
		for key, i := range r.keys {
			r.t.rows[0].cells[i] = key
		}
	}
	_, err := r.d.Token()
	return err
}

// object reads an object as a row.
func (r *jsonReader) object(line int) error {
	var cells []string
	seen := make(map[string]bool)
	for r.d.More() {
		token, err := r.d.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		if seen[key] {
			return r.fail("JSON with the key %s twice in one object", quoteKeys(key))
		}
		seen[key] = true
		i, ok := r.keys[key]
		if !ok {
			i = len(r.keys)
			r.keys[key] = i
		}
		value, err := r.value(key)
		if err != nil {
			return err
		}
		for len(cells) <= i {
			cells = append(cells, "")
		}
		cells[i] = value
	}
	if _, err := r.d.Token(); err != nil {
		return err
	}
	return r.add(line, cells)
}

// value reads a text, number, boolean or null as text.
func (r *jsonReader) value(key string) (string, error) {
	token, err := r.d.Token()
	if err != nil {
		return "", err
	}
	switch v := token.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case json.Number:
		return v.String(), nil
	case bool:
		return strconv.FormatBool(v), nil
	default:
		return "", r.fail("JSON with an array or an object under the key %s; a row may hold only texts and numbers",
			quoteKeys(key))
	}
}

// lists reads an object with two keys: "entries" has the term and a comment of each code, and "codelist_type" names the
// coding system. It skips other keys, but fails if one of them holds codes.
func (r *jsonReader) lists() error {
	var keys []string
	var found bool
	system, beside := "", ""
	for r.d.More() {
		token, err := r.d.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		keys = append(keys, key)
		switch key {
		case "entries":
			found = true
			err = r.entries()
		case "codelist_type":
			system, err = r.value(key)
		default:
			var skipped json.RawMessage
			if err = r.d.Decode(&skipped); err == nil && beside == "" && holdsCodes(skipped) {
				beside = key
			}
		}
		if err != nil {
			return err
		}
	}
	if !found {
		return r.fail("JSON of an object with the keys %s; only an array of objects, an array of texts, or an "+
			"object with entries is read", quoteKeys(keys...))
	}
	if beside != "" {
		return r.fail("JSON with codes under the key %s, which is not read with the entries; take it out",
			quoteKeys(beside))
	}
	header := tableRow{line: 1, cells: []string{"code", "term", "comment", "coding_system"}}
	r.t.rows = slices.Insert(r.t.rows, 0, header)
	for i := 1; i < len(r.t.rows); i++ {
		r.t.rows[i].cells[3] = system
	}
	_, err := r.d.Token()
	return err
}

// holdsCodes reports whether a value is an array of texts, of which one is a code, or an object with a key that is a
// code.
func holdsCodes(value json.RawMessage) bool {
	var texts []string
	var object map[string]json.RawMessage
	if json.Unmarshal(value, &texts) == nil {
		return slices.ContainsFunc(texts, readsAsCodes)
	}
	if json.Unmarshal(value, &object) != nil {
		return false
	}
	for key := range object {
		if readsAsCodes(key) {
			return true
		}
	}
	return false
}

// entries reads the value of the key "entries".
func (r *jsonReader) entries() error {
	if token, err := r.d.Token(); err != nil {
		return err
	} else if token != json.Delim('{') {
		return r.fail(`JSON whose "entries" is not an object of codes`)
	}
	for r.d.More() {
		token, err := r.d.Token()
		if err != nil {
			return err
		}
		code, _ := token.(string)
		line := r.lineAt()
		var about json.RawMessage
		if err := r.d.Decode(&about); err != nil {
			return err
		}
		cells := []string{code, "", "", ""}
		var texts []*string
		if err := json.Unmarshal(about, &texts); err != nil || len(texts) > 2 {
			var term *string
			if err := json.Unmarshal(about, &term); err != nil {
				return r.fail("JSON with something other than [term, comment] under the key %s", quoteKeys(code))
			}
			texts = []*string{term}
		}
		for i, text := range texts {
			if text != nil {
				cells[1+i] = *text
			}
		}
		if err := r.add(line, cells); err != nil {
			return err
		}
	}
	_, err := r.d.Token()
	return err
}

// quoteKeys quotes keys for a message, unless one of them may identify a person.
func quoteKeys(keys ...string) string {
	if slices.ContainsFunc(keys, persondata.Looks) {
		return "(not shown, because it looks like data)"
	}
	return quoteNames(keys)
}
