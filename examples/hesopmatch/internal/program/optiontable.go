package program

import (
	"slices"
	"strings"
)

// option is a row of the table of options. Help, completion and the checks of values are made from it.
type option struct {
	name     string // without its hyphen
	value    string // what the value is called, words with | between them to choose from; "" for a switch
	preset   string // the value where the option is not given, "" for none
	commands string // that take it, with a space between them
	purpose  purpose
	says     string
}

// purpose is what an option is for. The help of a command has a heading for each.
type purpose uint8

const (
	forLists purpose = iota
	forRows          // of codelists
	forInput
	forCohort
	forOutput
	forRelease
	forScript
	forSynth
	forRun
)

// purposes returns the headings of the help, in its order.
func purposes() []string {
	return []string{
		"CODELISTS, one or more", "How codelists are read",
		"How appointments are read", "Which appointments and people",
		"What is written", "What may leave the environment", "The script", "The appointments", "The run",
	}
}

const (
	withLists  = "lint flag explain cohort syntax"
	withCodes  = "flag explain cohort syntax" // of appointments
	withInputs = "flag explain cohort"
	withPeople = "cohort syntax"
)

// options returns the table.
func options() []option {
	return slices.Concat(listOptions(), inputOptions(), cohortOptions(), groupOptions(), outputOptions(),
		otherOptions())
}

// optionsOf returns the rows of a command.
func optionsOf(command string) []option {
	return slices.DeleteFunc(options(), func(o option) bool {
		return !slices.Contains(strings.Fields(o.commands), command)
	})
}

// words returns those of which a value is to be one, nil where it may be another.
func (o option) words() []string {
	if !strings.Contains(o.value, "|") || strings.ToLower(o.value) != o.value {
		return nil
	}
	return strings.Split(o.value, "|")
}
