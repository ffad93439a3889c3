package oracle

import "strings"

// File writes cells as a codelist file with the columns coding_system, code and exclude. Cell i is on line i + 2,
// unless an earlier text contains line ends.
func File(cells []Cell) string {
	var b strings.Builder
	b.WriteString("coding_system;code;exclude\n")
	for _, c := range cells {
		b.WriteString(c.System + `;"` + strings.ReplaceAll(c.Text, `"`, `""`) + `";`)
		if c.Exclude {
			b.WriteByte('1')
		}
		b.WriteByte('\n')
	}
	return b.String()
}
