package hesop

import (
	"fmt"
	"strconv"
	"strings"
)

// checkOneCode fails if no code column is read and the names are those of a file with one code per row. Such a file has
// a column of codes and a column that numbers them, as diag_order and arr_index do.
func (h *header) checkOneCode(codes []placedField) error {
	if len(codes) > 0 {
		return nil
	}
	code, number := "", ""
	isLong := false
	numbers := make(map[string]bool)
	for i := range h.names {
		name := underscored(foldColumn(h.names[i]))
		switch {
		case isCodeNumber(name):
			number, isLong = fmt.Sprintf(", numbered by %q", h.spelled(i)), true
		case isCodeLike(name, "x", "clinical", "coding"):
			if code == "" {
				code = h.spelled(i)
			}
			isLong = isLong || strings.HasPrefix(name, "clinical_coding_") // as unified SUS extracts name such columns
			before, n, after := seriesOf(name)
			position, _ := strconv.Atoi(n)
			numbers[fmt.Sprint(before, position, after)] = true
			if position == 2 && numbers[fmt.Sprint(before, 1, after)] {
				return nil // several codes per row
			}
		}
	}
	if code == "" || !isLong {
		return nil
	}
	return fmt.Errorf("%w: the file has one code a row (%q%s): reshape it first, to one row an appointment with "+
		"the codes in diag_01, diag_02, opertn_01 and so on",
		ErrNoCodeColumns, code, number)
}

// isCodeNumber reports whether a name, folded and underscored, is that of a column that numbers the codes of an
// appointment.
func isCodeNumber(name string) bool {
	if len(name) > longestName {
		return false
	}
	switch name {
	case "n", "order", "seq", "sequence", "index", "level", "rank", "position":
		return true
	}
	for _, end := range [...]string{"_order", "_seq", "_sequence", "_index", "_rank", "_position"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}
