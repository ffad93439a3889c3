package hesop

import (
	"fmt"
	"io"
	"strings"

	"hesopmatch/internal/filekind"
	"hesopmatch/internal/rows"
)

// maxNames is the most bytes of a file of names: what is longer is something else.
const maxNames = 1 << 20

// ReadNames reads the names of columns from the file that comes beside data without
// a header, to be given to Names. They stand between line ends, commas, semicolons,
// tabs and vertical bars, in quotes or not. Nothing between two of the latter is a
// column without a name: dropped, it would move the names behind it. Separators at the end
// of a single line, or on a line of their own behind the last name, are empty names at
// the end, for rows that end with delimiters. It fails with ErrHeader if there are no
// names, or more than 1 MiB of them, and with ErrFormat if r holds no text.
func ReadNames(r io.Reader) ([]string, error) {
	if r == nil {
		return nil, fmt.Errorf("%w: the Reader of ReadNames is nil: give an open file, or strings.NewReader of a text",
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
		return nil, fmt.Errorf("%w: the file of names has more than %d bytes: it must hold the names of the columns "+
			"alone",
			ErrHeader, maxNames)
	}
	const separators = ",;|\t"
	isLineEnd := func(r rune) bool { return r == '\r' || r == '\n' }
	var names []string
	lines := 0
	ends := 0 // separators at the end of a single line, and on lines behind the last name
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
