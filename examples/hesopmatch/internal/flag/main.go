// Flag says which appointments carry a code of which codelist.
//
// It reads codelists and files of appointments and writes the appointments with
// one column for each list (1 match, 0 no match, empty unknown), or one line for
// each value that matched. A summary goes to standard error.
//
//	flag -icd10 FILE [-opcs4 FILE] [options] INPUT...
package main

import "hesopmatch/examples/hesopmatch/internal/program"

func main() { program.Main("flag", run) }
