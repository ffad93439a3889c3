// Hesopmatch reports which outpatient appointments carry a code of which clinical codelist, and why.
// Its first argument is a command:
//
//	hesopmatch lint [codelist options] FILE...
//	hesopmatch flag -icd10 FILE [-opcs4 FILE] [options] INPUT...
//	hesopmatch explain -icd10 FILE [-opcs4 FILE] [options] -row N | -where COLUMN=VALUE INPUT...
//	hesopmatch cohort -icd10 FILE [-opcs4 FILE] [options] INPUT...
//	hesopmatch syntax -icd10 FILE [-opcs4 FILE] -dialect DIALECT [options]
//	hesopmatch synth [options]
//	hesopmatch version [-json]
//	hesopmatch help [COMMAND]
package main

import (
	"os"

	"hesopmatch/examples/hesopmatch/internal/cohort"
	"hesopmatch/examples/hesopmatch/internal/explain"
	"hesopmatch/examples/hesopmatch/internal/flag"
	"hesopmatch/examples/hesopmatch/internal/lint"
	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/examples/hesopmatch/internal/syntax"
	"hesopmatch/examples/hesopmatch/internal/synth"
)

func main() { program.Main(choose(os.Args[1:])) }

// command is a value that the first argument can have.
type command struct {
	name, does string
	run        program.Command
}

// commands returns the commands in the order of their use.
func commands() (all []command) {
	runs := map[string]program.Command{
		"lint": lint.Run, "flag": flag.Run, "explain": explain.Run, "cohort": cohort.Run, "syntax": syntax.Run,
		"synth": synth.Run, "version": writeVersion,
	}
	for _, a := range program.Commands() {
		all = append(all, command{a.Name, a.Does, runs[a.Name]})
	}
	return append(all, command{"help", "writes this list, or the help of a COMMAND", writeList})
}
