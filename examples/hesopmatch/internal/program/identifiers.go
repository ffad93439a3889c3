package program

import (
	"fmt"
	"path/filepath"
	"strings"
)

// TellIdentifiers writes that identifiers are text, and how to make other programs read them as text from the file at
// path. An empty path, or -, means standard output.
func TellIdentifiers(b *strings.Builder, path string) {
	name := filepath.ToSlash(path) // all of these programs accept slashes, on Windows too
	if path == "" || path == "-" || strings.ContainsAny(name, "\"'`$\\") || Plain(name) != name {
		name = "FILE"
	}
	b.WriteString("Identifiers are text: a program that reads them as numbers drops leading zeros and alters long " +
		"ones. To keep all columns as text:\n")
	fmt.Fprintf(b, "  R:      read.csv(\"%s\", colClasses = \"character\", na.strings = \"\")\n", name)
	fmt.Fprintf(b, "  Stata:  import delimited \"%s\", varnames(1) stringcols(_all)\n", name)
	fmt.Fprintf(b, "  SQL:    columns of type VARCHAR; in DuckDB, read_csv('%s', all_varchar = true)\n", name)
	fmt.Fprintf(b, "  pandas: pandas.read_csv(\"%s\", dtype=str)\n", name)
}
