package hesop

import (
	"fmt"
	"io"
	"strings"

	"hesopmatch/internal/filekind"
	"hesopmatch/internal/rows"
)

// maxNames is the maximum size, in bytes, of a file of names. Anything longer is not a list of names.
const maxNames = 1 << 20

// ReadNames reads column names from the file that accompanies data without a header. Pass the result to the option
// Names. In the file, names are separated by line ends, commas, semicolons, tabs or vertical bars, and may be quoted.
//
// An empty field between two delimiters is a column without a name: dropping it would shift the names after it. If all
// names are on one line, delimiters at the end of that line add empty names, for rows that end with delimiters. So do
// delimiters on a line of their own after the last name.
//
// ReadNames returns ErrHeader if r holds no names or more than 1 MiB, and ErrFormat if r does not hold text.
func ReadNames(r io.Reader) ([]string, error) {
	if r == nil {
		return nil, fmt.Errorf("%w: the Reader of ReadNames is nil: pass an open file, or a strings.Reader for text",
			ErrOption)
	}
	data, err := io.ReadAll(io.LimitReader(rows.Guard(r), maxNames+1))
	if err != nil {
		return nil, err
	}
	if kind := filekind.OfRefused(data); kind != (filekind.Kind{}) {
		return nil, fmt.Errorf("%w: it is %s; column names are read from plain text", ErrFormat, kind.What)
	}
	if len(data) > maxNames {
		return nil, fmt.Errorf("%w: the file of names has more than %d bytes: it must hold column names only",
			ErrHeader, maxNames)
	}
	const separators = ",;|\t"
	isLineEnd := func(r rune) bool { return r == '\r' || r == '\n' }
	var names []string
	lines := 0
	ends := 0 // number of separators at the end of the only line with names, and on lines after the last name
	for line := range strings.FieldsFuncSeq(strings.TrimPrefix(string(data), "\uFEFF"), isLineEnd) {
		whole := line
		line = strings.TrimRight(line, separators+" ")
		end := len(strings.ReplaceAll(whole[len(line):], " ", ""))
		if line == "" {
			ends += end
			continue
		}
		if lines++; lines == 1 {
			ends = end
		} else {
			ends = 0
		}
		for len(line) > 0 {
			cut := strings.IndexAny(line, separators)
			if cut < 0 {
				cut = len(line)
			}
			names = append(names, strings.Trim(strings.TrimSpace(line[:cut]), `"`))
			line = line[min(cut+1, len(line)):]
		}
	}
	if len(names) > 0 {
		names = append(names, make([]string, ends)...)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%w: no column names", ErrHeader)
	}
	return names, nil
}
