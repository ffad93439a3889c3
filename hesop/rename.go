package hesop

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Rename states what a column of the data is. The first name is that of the column in the data, in upper or lower case.
// The second name is that of a code column (diag_01, opertn_4_concat and the like) or of another column that the
// package knows (apptdate, attended, patid). If the second name is empty, the column holds no codes, whatever its name
// suggests.
//
// A # in both names stands for the position. In the second name, #+1 stands for the next position:
//
//	hesop.Rename("S_UNDERLYING_COD_ICD10", "diag_01")
//	hesop.Rename("S_COD_CODE_#", "diag_#+1")
//
// It is an error if the data have no column with the first name, if two Renames name the same column, or if the package
// does not know the second name. Column.Name keeps the spelling of the data.
func Rename(from, to string) Option {
	return func(o *options) { o.renames = append(slices.Clip(o.renames), rename{from, to}) }
}

// NotCodes names columns that hold no codes although they are named like code columns, such as the flags that an
// earlier run wrote for a list called diag. Unlike Rename, it accepts names that no column has, and it does not change
// columns that are read.
func NotCodes(names ...string) Option {
	return func(o *options) { o.notCodes = append(slices.Clip(o.notCodes), names...) }
}

// rename holds the arguments of Rename.
type rename struct{ from, to string }

// String returns the call to Rename.
func (r rename) String() string { return renameCall(r.from, r.to) }

// renameCall returns a call to Rename, for messages.
func renameCall(from, to string) string { return fmt.Sprintf("Rename(%q, %q)", from, to) }

// check fails if the arguments of Rename cannot be used, whatever the columns are.
func (r rename) check() error {
	fail := func(why string) error {
		return fmt.Errorf("%w: %v: %s", ErrOption, r, why)
	}
	hashes := strings.Count(r.from, "#")
	switch {
	case foldColumn(r.from) == "":
		return fail("the column has no name")
	case hashes > 1 || strings.Count(r.to, "#") > 1:
		return fail("a name can have one # for the position")
	case foldColumn(r.to) == "":
		return nil
	case hashes != strings.Count(r.to, "#"):
		return fail("use # for the position in both or in neither")
	case !isKnown(r.target(1)):
		return fail("the new name is not one that is read; use a name such as diag_01, diag_4_01, " +
			"opertn_4_concat or apptdate")
	}
	return nil
}

// checkRenames fails if a rename is wrong by itself or conflicts with another one.
func checkRenames(renames []rename) error {
	for i, r := range renames {
		if err := r.check(); err != nil {
			return err
		}
		for _, before := range renames[:i] {
			var why string
			switch {
			case foldColumn(before.from) == foldColumn(r.from):
				why = "another Rename names that column"
			case foldColumn(r.to) != "" && !strings.Contains(r.to, "#") && canonical(before.to) == canonical(r.to):
				why = fmt.Sprintf("another Rename gives that name to %q", before.from)
			default:
				continue
			}
			return fmt.Errorf("%w: %v: %s", ErrOption, r, why)
		}
	}
	return nil
}

// canonical returns the name that HES uses for a column.
func canonical(name string) string {
	if f, ok := readCodeName(name); ok {
		return f.hesName()
	}
	return foldColumn(name)
}

// matches reports whether the rename applies to the column with the given folded name. It returns the position in that
// name, or 0 if the rename has no #.
func (r rename) matches(name string) (position int, ok bool) {
	before, after, isSeries := strings.Cut(foldColumn(r.from), "#")
	if !isSeries {
		return 0, name == before
	}
	number, hasBefore := strings.CutPrefix(name, before)
	number, hasAfter := strings.CutSuffix(number, after)
	if !hasBefore || !hasAfter || number == "" || len(number) > 3 ||
		strings.ContainsFunc(number, func(r rune) bool { return !isDigit(r) }) {
		return 0, false
	}
	position, _ = strconv.Atoi(number)
	return position, true
}

// target returns the folded name that the rename gives to the column at a position.
func (r rename) target(position int) string {
	to := foldColumn(r.to)
	before, after, isSeries := strings.Cut(to, "#")
	if !isSeries {
		return to
	}
	if rest, isNext := strings.CutPrefix(after, "+1"); isNext {
		after, position = rest, position+1
	}
	return before + strconv.Itoa(position) + after
}

// renamed is the result of the renames for one column.
type renamed struct {
	is   bool   // a rename applies to the column
	name string // folded; "" if the column holds no codes
}

// applyRenames applies renames to the folded names of a header.
func (h *header) applyRenames(renames []rename, names []string) ([]renamed, error) {
	all := make([]renamed, len(names))
	for _, r := range renames {
		found := false
		for i, name := range names {
			position, ok := r.matches(name)
			if !ok || name == "" {
				continue
			}
			found = true
			if all[i].is {
				return nil, fmt.Errorf("%w: a column is named by Rename twice, the second time in %v", ErrOption, r)
			}
			all[i] = renamed{true, r.target(position)}
			if all[i].name != "" && !isKnown(all[i].name) {
				return nil, fmt.Errorf("%w: %v makes %s of a column, but no column of that name is read",
					ErrOption, r, all[i].name)
			}
		}
		if !found {
			return nil, fmt.Errorf("%w: no column %q, which Rename names; %s", ErrHeader, r.from, h.choice(r.from))
		}
	}
	return all, nil
}
