package program

import (
	"errors"
	"slices"
	"strings"

	"hesopmatch/hesop"
)

// findLacking finds the inputs that lack a column of -rename while another input has it. An example is a year whose
// file already uses the column's later name. Such an input is read without that rename. A column that no input has
// remains an error.
func (in *Inputs) findLacking(notices *Notices) {
	if len(in.Paths) < 2 || slices.Contains(in.Paths, "-") {
		return
	}
	in.lacks = make(map[string][]string)
	for _, arg := range in.Renames {
		var lacking []string
		for _, path := range in.Paths {
			if isRegular(path) && in.lacksColumn(path, arg) {
				lacking = append(lacking, path)
			}
		}
		if len(lacking) == len(in.Paths) {
			continue
		}
		from := arg[:strings.LastIndexByte(arg, '=')]
		for _, path := range lacking {
			in.lacks[path] = append(in.lacks[path], arg)
			notices.Note("%s has no column %s, which -rename names; it is read without that "+
				"rename", Name(path), Plain(from))
		}
	}
}

// lacksColumn reports whether an input lacks the column that the given -rename names.
func (in *Inputs) lacksColumn(path, arg string) bool {
	alone := *in
	alone.Renames, alone.Needs = []string{arg}, nil
	one, err := alone.Open(path, nil, nil, nil)
	if err == nil {
		_ = one.Close() // it was only read
		return false
	}
	return errors.Is(err, hesop.ErrHeader) && strings.Contains(err.Error(), "which -rename names")
}
