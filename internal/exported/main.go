// Exported counts the exported names of the library by package. It also writes the list of these names, which every
// change to the API must update.
//
//	go run ./internal/exported [-root DIR]   # print the counts for this tree, or for the one in DIR
//	go run ./internal/exported -write        # rewrite the list, internal/exported/names.txt
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

func main() {
	root := flag.String("root", ".", "`DIR` of the module")
	write := flag.Bool("write", false, "rewrite the list of names")
	flag.Parse()
	if err := run(*root, *write, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "exported:", err)
		os.Exit(1)
	}
}

// libraries lists the folders of the packages that users import.
var libraries = []string{"codelist", "hesop", "match"}

// run writes the list to its file, or prints the counts to out.
func run(root string, write bool, out io.Writer) error {
	names, err := exported(root, libraries...)
	if err != nil {
		return err
	}
	if write {
		return os.WriteFile(filepath.Join(root, "internal", "exported", "names.txt"), list(names), 0o644)
	}
	return count(out, names)
}

// list returns the names, one per line.
func list(names []name) []byte {
	var b strings.Builder
	for _, n := range names {
		b.WriteString(n.String() + "\n")
	}
	return []byte(b.String())
}

// count writes a table with the number of names of each kind in each package.
func count(out io.Writer, names []name) error {
	var packages []string
	counts := make(map[[2]string]int)
	for _, n := range names {
		if !slices.Contains(packages, n.pkg) {
			packages = append(packages, n.pkg)
		}
		counts[[2]string{n.pkg, n.kind}]++
		counts[[2]string{"all", n.kind}]++
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "%s\tall\t  package\n", strings.Join(kinds, "\t"))
	for _, pkg := range append(packages, "all") {
		sum := 0
		for _, kind := range kinds {
			n := counts[[2]string{pkg, kind}]
			fmt.Fprintf(table, "%d\t", n)
			sum += n
		}
		fmt.Fprintf(table, "%d\t  %s\n", sum, pkg)
	}
	return table.Flush()
}
