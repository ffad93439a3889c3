// Cohort makes people of appointments: who is in which codelist, since when and how often,
// and tables of them that may leave a research environment.
//
//	cohort -icd10 FILE [-opcs4 FILE] [options] INPUT...
package main

import "hesopmatch/examples/hesopmatch/internal/program"

func main() { program.Main("cohort", run) }
