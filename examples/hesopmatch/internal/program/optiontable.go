package program

import (
	"slices"
	"strings"
)

// option is a row of the table of options. Help, completion and the checks of values come from this table.
type option struct {
	name     string // without its hyphen
	value    string // the name of the value, or the allowed words separated by |; "" for a switch
	preset   string // the default value, "" for none
	commands string // the commands that have the option, separated by spaces
	purpose  purpose
	says     string
}

// purpose groups options by what they are for. The help of a command has a heading for each purpose.
type purpose uint8

const (
	forLists purpose = iota
	forRows          // how the rows of codelists are read
	forInput
	forCohort
	forOutput
	forRelease
	forScript
	forSynth
	forRun
)

// purposes returns the headings of the help, in the order of the constants.
func purposes() []string {
	return []string{
		"CODELISTS, one or more", "How codelists are read",
		"How appointments are read", "Which appointments and people",
		"What is written", "What may leave the environment", "The script", "The appointments", "The run",
	}
}

const (
	withLists  = "lint flag explain cohort syntax"
	withCodes  = "flag explain cohort syntax" // these read the codes of appointments
	withInputs = "flag explain cohort"
	withPeople = "cohort syntax"
)

func options() []option {
	return slices.Concat(listOptions(), inputOptions(), cohortOptions(), groupOptions(), outputOptions(),
		otherOptions())
}

// optionsOf returns the rows of the table for a command.
func optionsOf(command string) []option {
	return slices.DeleteFunc(options(), func(o option) bool {
		return !slices.Contains(strings.Fields(o.commands), command)
	})
}

// words returns the words that the option accepts as its value, or nil if it accepts other values too.
func (o option) words() []string {
	if !strings.Contains(o.value, "|") || strings.ToLower(o.value) != o.value {
		return nil
	}
	return strings.Split(o.value, "|")
}
