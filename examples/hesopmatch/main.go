// Hesopmatch reports which outpatient appointments carry a code of which clinical codelist, and why.
// Its first argument is a command:
//
//	hesopmatch lint [codelist options] FILE...
//	hesopmatch flag -icd10 FILE [-opcs4 FILE] [options] INPUT...
//	hesopmatch cohort -icd10 FILE [-opcs4 FILE] [options] INPUT...
//	hesopmatch syntax -icd10 FILE [-opcs4 FILE] -dialect DIALECT [options]
//	hesopmatch synth [options]
//	hesopmatch version [-json]
//	hesopmatch help [COMMAND]
package main

import (
	"os"

	"hesopmatch/examples/hesopmatch/internal/cohort"
	"hesopmatch/examples/hesopmatch/internal/flag"
	"hesopmatch/examples/hesopmatch/internal/lint"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/examples/hesopmatch/internal/syntax"
	"hesopmatch/examples/hesopmatch/internal/synth"
)

func main() { program.Main(choose(os.Args[1:])) }

// command is what the first argument can be.
type command struct {
	name, does string
	run        program.Command
}

// commands returns the commands in the order of their use.
func commands() []command {
	return []command{
		{"lint", "reports what each row of a codelist means, and what is wrong", lint.Run},
		{"flag", "writes the appointments that codelists match, or each hit", flag.Run},
		{"cohort", "writes people, or tables that may leave the environment", cohort.Run},
		{"syntax", "writes a script that asks where the data are: SQL, R, Stata, Python", syntax.Run},
		{"synth", "writes synthetic appointments of nobody", synth.Run},
		{"version", "writes version, revision, build, licence and how to cite", writeVersion},
		{"help", "writes this list, or the options of a COMMAND", writeList},
	}
}
