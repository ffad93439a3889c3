package program

import (
	"errors"
	"flag"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// wrongValue matches the error of package flag for a value that an option does not accept.
var wrongValue = regexp.MustCompile(
	`(?s)^invalid (?:boolean )?value ("(?:[^"\\]|\\.)*") for (?:flag )?-([a-z0-9-]+): (.*)$`,
)

// mistake turns an error of package flag into the error to report, with advice on how to correct the mistake.
func (f *Flags) mistake(err error) error {
	if name, unknown := strings.CutPrefix(err.Error(), "flag provided but not defined: -"); unknown {
		return f.noOption(strings.TrimLeft(name, "-"))
	}
	m := wrongValue.FindStringSubmatch(err.Error())
	switch {
	case m == nil:
		return err
	case f.rows[m[2]].value == "":
		return fmt.Errorf("-%s is a switch and takes no value, but %s follows its =", m[2], m[1])
	case f.rows[m[2]].value == "COLUMN=VALUE": // the value may identify a person: do not show it
		return fmt.Errorf("-%s: %s", m[2], m[3])
	case m[3] == "parse error":
		m[3] = "must be a number"
	}
	return fmt.Errorf("-%s %s: %s", m[2], m[1], m[3])
}

// noOption returns the error for an option that the command does not have. The error names the commands that have the
// option, or else the nearest option, and lists all options of this command.
func (f *Flags) noOption(name string) error {
	var names []string
	f.set.VisitAll(func(one *flag.Flag) { names = append(names, one.Name) })
	if name == "rerun" {
		return errors.New("no option -rerun: hesopmatch -rerun MANIFEST repeats a run, without a command")
	}
	advice := DidYouMean(name, "-", names)
	var takers []string
	for _, a := range Commands() {
		if slices.ContainsFunc(optionsOf(a.Name), func(o option) bool { return o.name == name }) {
			takers = append(takers, a.Name)
		}
	}
	if len(takers) > 0 {
		advice = "it is an option of " + strings.Join(takers, ", ") + "; "
	}
	return errors.New("no option -" + Plain(name) + ": " + advice + "the options are -" + strings.Join(names, ", -"))
}
