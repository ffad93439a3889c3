package program

import (
	"bufio"
	"fmt"
	"slices"
	"strings"
)

// withConfig returns a command line with the lines of the file of -config in the place of that option.
// What stands there later counts, as always: an option behind -config replaces one of the file.
func (f *Flags) withConfig(args []string) ([]string, error) {
	at, path, behind, err := f.findConfig(args)
	if err != nil || at < 0 {
		return args, err
	}
	options, files, err := f.readConfig(path)
	if err != nil {
		return nil, err
	}
	rest := args[behind:]
	end := f.optionsEnd(rest)
	return slices.Concat(args[:at], options, rest[:end], files, rest[end:]), nil
}

// findConfig returns where -config stands in a command line, -1 if it does not, its file, and where the next
// argument stands.
func (f *Flags) findConfig(args []string) (at int, path string, behind int, err error) {
	end := f.optionsEnd(args)
	at = -1
	for i := 0; i < end; i++ {
		name, value, joined := strings.Cut(optionName(args[i]), "=")
		switch {
		case name != "config" && !joined && f.rows[name].value != "":
			i++ // past its value
		case name != "config":
		case at >= 0:
			return -1, "", 0, Usage("-config stands twice; put all options into one file")
		case joined:
			at, path, behind = i, value, i+1
		case i+1 == end:
			return -1, "", 0, Usage("-config needs its value (FILE)")
		default:
			at, path, behind = i, args[i+1], i+2
			i++
		}
	}
	return at, path, behind, nil
}

// optionsEnd returns how many arguments are options and their values.
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

// readConfig reads options, one a line with its value behind a space, and files, one a line.
func (f *Flags) readConfig(path string) (options, files []string, err error) {
	file, err := Open("file of options", path, "-config")
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	lines := bufio.NewScanner(file)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\uFEFF"))
		word, value, valued := strings.Cut(line, " ")
		o, known := f.rows[optionName(word)]
		switch {
		case line == "" || line[0] == '#':
		case line == "-" || line[0] != '-':
			files = append(files, line)
		case optionName(word) == "config":
			return nil, nil, fmt.Errorf("%s:%d: a file of options cannot name another one", Plain(path), number)
		case !known || !valued || o.value == "":
			options = append(options, line)
		default:
			options = append(options, word, strings.TrimSpace(value))
		}
	}
	if err := lines.Err(); err != nil {
		return nil, nil, cannotRead("file of options", path, "-config", err)
	}
	return options, files, nil
}
