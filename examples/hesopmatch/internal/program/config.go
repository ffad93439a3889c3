package program

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
)

// withConfig returns the command line with the option -config replaced by the lines of the file that it names. The last
// value of an option counts, as always, so an option after -config overrides the same option in the file.
func (f *Flags) withConfig(args []string) ([]string, error) {
	at, path, next, err := f.findConfig(args)
	if err != nil || at < 0 {
		return args, err
	}
	options, files, err := f.readConfig(path)
	if err != nil {
		return nil, err
	}
	f.config = path
	rest := args[next:]
	end := f.optionsEnd(rest)
	if end < len(rest) && rest[end] == "--" {
		end++
	}
	return slices.Concat(args[:at], options, rest[:end], files, rest[end:]), nil
}

// findConfig finds -config in a command line. It returns the index of -config, the path of the file, and the index of
// the argument after that path. Without -config the first index is -1.
func (f *Flags) findConfig(args []string) (at int, path string, next int, err error) {
	end := f.optionsEnd(args)
	at = -1
	if _, ok := f.rows["config"]; !ok {
		return at, "", 0, nil
	}
	for i := 0; i < end; i++ {
		name, value, joined := strings.Cut(optionName(args[i]), "=")
		switch {
		case name != "config" && !joined && f.rows[name].value != "":
			i++ // past its value
		case name != "config":
		case at >= 0:
			return -1, "", 0, Usage("-config is given twice; put all options into one file")
		case joined:
			at, path, next = i, value, i+1
		case i+1 == end || f.isOption(args[i+1]):
			return -1, "", 0, Usage("-config needs its value (FILE)")
		default:
			at, path, next = i, args[i+1], i+2
			i++
		}
	}
	return at, path, next, nil
}

// optionsEnd returns how many arguments at the start are options or values of options.
func (f *Flags) optionsEnd(args []string) int {
	i := 0
	for i < len(args) && len(args[i]) > 1 && args[i][0] == '-' && args[i] != "--" {
		name := optionName(args[i])
		if o, ok := f.rows[name]; ok && o.value != "" {
			i++
		}
		i++
	}
	return min(i, len(args))
}

// readConfig reads a file that has one option, or the path of one file, on each line. A space separates an option from
// its value.
func (f *Flags) readConfig(path string) (options, files []string, err error) {
	file, err := Open("file of options", path, "-config")
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, longestConfig+1))
	if err == nil && len(data) > longestConfig {
		err = fmt.Errorf("has more than %d bytes; it should hold one option a line", longestConfig)
	}
	if err != nil {
		return nil, nil, cannotRead("file of options", path, "-config", err)
	}
	if bytes.IndexByte(data, 0) >= 0 && !hasMark(data) {
		return nil, nil, cannotRead("file of options", path, "-config",
			errors.New("is not plain text; save it as UTF-8"))
	}
	number := 0
	for line := range strings.Lines(textOf(data)) {
		number++
		line = strings.TrimSpace(line)
		wrong := func(err error) error { return Usage("%s:%d: %w", Plain(path), number, err) }
		if line == "" || line[0] == '#' {
			continue
		}
		word, value, spaced := cutSpace(line)
		if line == "-" || line[0] != '-' {
			if dashed := strings.TrimLeft(word, "–—−"); f.isOption("-" + dashed) {
				return nil, nil, wrong(fmt.Errorf("an option begins with a hyphen: -%s", dashed))
			}
			files = append(files, unquoted(line))
			continue
		}
		name, _, joined := strings.Cut(optionName(word), "=")
		o, known := f.rows[name]
		switch {
		case name == "config":
			return nil, nil, wrong(errors.New("a file of options cannot name another"))
		case !known:
			return nil, nil, wrong(f.noOption(name))
		case joined && o.value != "":
			_, value, _ := strings.Cut(line, "=")
			options = append(options, "-"+name, unquoted(value))
		case joined || o.value == "" && !spaced:
			options = append(options, line)
		case o.value == "":
			return nil, nil, wrong(fmt.Errorf("-%s is a switch and takes no value", name))
		case strings.TrimSpace(value) == "":
			return nil, nil, wrong(fmt.Errorf("-%s needs its value (%s)", name, o.value))
		default:
			options = append(options, word, unquoted(strings.TrimSpace(value)))
		}
	}
	return options, files, nil
}

// longestConfig is the maximum size of a file of options, in bytes.
const longestConfig = 1 << 20

// hasMark reports whether a file begins with a byte order mark of UTF-16.
func hasMark(data []byte) bool {
	return bytes.HasPrefix(data, []byte{0xFE, 0xFF}) || bytes.HasPrefix(data, []byte{0xFF, 0xFE})
}

// textOf returns the text of a file that is encoded in UTF-8, or in UTF-16 as PowerShell writes it.
func textOf(data []byte) string {
	order := binary.ByteOrder(binary.LittleEndian)
	switch {
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		order = binary.BigEndian
	case !bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return strings.TrimPrefix(string(data), "\uFEFF")
	}
	var units []uint16
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return strings.TrimPrefix(string(utf16.Decode(units)), "\uFEFF")
}

// unquoted returns a value without the quotes around it, which a shell would remove.
func unquoted(value string) string {
	n := len(value)
	if n < 2 || value[0] != '"' && value[0] != '\'' || value[n-1] != value[0] ||
		strings.ContainsRune(value[1:n-1], rune(value[0])) {
		return value
	}
	return value[1 : n-1]
}

// cutSpace cuts a line at its first white space.
func cutSpace(line string) (word, rest string, found bool) {
	at := strings.IndexFunc(line, unicode.IsSpace)
	if at < 0 {
		return line, "", false
	}
	return line[:at], strings.TrimSpace(line[at:]), true
}
