package program

import (
	"fmt"
	"path/filepath"
	"strings"
)

// TellIdentifiers says that identifiers are text, and how other programs read them so from a file that was written. An
// empty path, and -, is standard output.
func TellIdentifiers(b *strings.Builder, path string) {
	name := filepath.ToSlash(path) // which all of these programs take, on Windows too
	if path == "" || path == "-" || strings.ContainsAny(name, "\"'`$\\") || Plain(name) != name {
		name = "FILE"
	}
	b.WriteString("Identifiers are text: what reads them as numbers drops zeros in front and alters long ones. " +
		"All columns stay text by\n")
	fmt.Fprintf(b, "  R:      read.csv(\"%s\", colClasses = \"character\")\n", name)
	fmt.Fprintf(b, "  Stata:  import delimited \"%s\", varnames(1) stringcols(_all)\n", name)
	fmt.Fprintf(b, "  SQL:    columns of type VARCHAR; in DuckDB, read_csv('%s', all_varchar = true)\n", name)
	fmt.Fprintf(b, "  pandas: pandas.read_csv(\"%s\", dtype=str)\n", name)
}
