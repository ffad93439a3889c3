// Lint says what every row of codelists means, what is wrong with those that mean
// nothing, and which categories were decided by a policy.
//
//	lint [codelist options] [-format text|csv|json] [-reference FILE] FILE...
//	lint -diff A B
package main

import "hesopmatch/examples/hesopmatch/internal/program"

func main() { program.Main("lint", run) }
