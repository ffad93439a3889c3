package program

import (
	"fmt"
	"strings"
)

// rowsShown limits how many rows of each kind the report on a codelist shows.
const rowsShown = 5

// TellRows writes a report of what became of the rows of the codelists.
func TellRows(b *strings.Builder, loaded []Loaded) {
	for _, file := range loaded {
		for _, l := range file.Lists {
			b.WriteString(PlainLines(FlagText(l.Summary(rowsShown), append(file.names(), l.Name())...)))
		}
		if n := file.Rest.Rows(); n > 0 {
			fmt.Fprintf(b, "%s: %s in groups that made no list, being of other coding systems or without a code\n",
				Plain(file.Path), Count(n, "row"))
		}
	}
}
