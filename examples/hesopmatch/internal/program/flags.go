package program

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Flags holds the options of a command: the rows of the option table for that command, each bound to a variable or a
// function. If the program binds an option that the table does not list for the command, or leaves an option unbound,
// Flags panics.
type Flags struct {
	set     *flag.FlagSet
	command string
	rows    map[string]option
	args    []string            // the arguments of Parse, with those from the -config file
	config  string              // the -config file, "" for none
	given   map[string][]string // the values of options that are bound to a function
}

// NewFlags returns the options of a command. None is bound yet.
func NewFlags(command string) *Flags {
	f := &Flags{
		set: flag.NewFlagSet(command, flag.ContinueOnError), command: command,
		rows: make(map[string]option), given: make(map[string][]string),
	}
	f.set.SetOutput(io.Discard)
	f.set.Usage = func() {}
	for _, o := range optionsOf(command) {
		f.rows[o.name] = o
	}
	return f
}

func (f *Flags) row(name string) option {
	o, ok := f.rows[name]
	if !ok {
		panic("the table has no option -" + name + " for " + f.command)
	}
	return o
}

// Func binds an option to a function, which Parse calls each time the option is given.
func (f *Flags) Func(name string, set func(value string) error) {
	f.set.Func(f.row(name).name, "", func(value string) error {
		f.given[name] = append(f.given[name], value)
		return set(value)
	})
}

// Switch binds an option that takes no value.
func (f *Flags) Switch(name string, given *bool) { f.set.BoolVar(given, f.row(name).name, false, "") }

// Text binds an option to a string.
func (f *Flags) Text(name string, text *string) {
	f.set.StringVar(text, name, f.row(name).preset, "")
}

// Word binds an option to a string, which must be one of the words that the table lists for the option.
func (f *Flags) Word(name string, word *string) {
	o := f.row(name)
	*word = o.preset
	f.set.Var(OneOf{o.words(), word}, name, "")
}

// Int binds an option to a whole number.
func (f *Flags) Int(name string, n *int) {
	*n, _ = strconv.Atoi(f.row(name).preset) // 0 without a preset
	f.set.IntVar(n, name, *n, "")
}

// Uint64 binds an option to a whole number that is not negative.
func (f *Flags) Uint64(name string, n *uint64) {
	*n, _ = strconv.ParseUint(f.row(name).preset, 10, 64)
	f.set.Uint64Var(n, name, *n, "")
}

// Float binds an option to a number.
func (f *Flags) Float(name string, x *float64) {
	*x, _ = strconv.ParseFloat(f.row(name).preset, 64)
	f.set.Float64Var(x, name, *x, "")
}

// Given reports whether the command line has the named option.
func (f *Flags) Given(name string) (given bool) {
	f.set.Visit(func(other *flag.Flag) { given = given || other.Name == name })
	return given
}

// AllGiven returns the names of the options that the command line has, sorted.
func (f *Flags) AllGiven() (names []string) {
	f.set.Visit(func(one *flag.Flag) { names = append(names, one.Name) })
	return names
}

// Args returns the arguments after the options.
func (f *Flags) Args() []string { return f.set.Args() }

// arguments returns the options as they were given, without those that do not affect the result.
func (f *Flags) arguments() []string {
	all := []string{}
	options := f.args[:f.optionsEnd(f.args)]
	for len(options) > 0 {
		n := 1
		name, _, joined := strings.Cut(optionName(options[0]), "=")
		if !joined && f.rows[name].value != "" {
			n = 2
		}
		if name != "workers" && name != "progress" && name != "manifest" && !isOutput(name) {
			all = append(all, options[:n]...)
		}
		options = options[n:]
	}
	return all
}

// outputs returns the names of the given options whose value is the path of an output.
func (f *Flags) outputs() []string {
	all := []string{}
	for _, name := range f.AllGiven() {
		if isOutput(name) {
			all = append(all, name)
		}
	}
	return all
}

// isOutput reports whether the value of an option is the path of an output other than the manifest.
func isOutput(name string) bool {
	return slices.Contains([]string{"o", "quality", "summary", "methods", "part", "release", "svg"}, name)
}

// Account returns the options that affect what is read and counted, sorted, except for the named options. The result
// may be released: it omits the folders of files, whose names may be confidential.
func (f *Flags) Account(but ...string) (words []string) {
	for _, o := range optionsOf(f.command) {
		switch {
		case slices.Contains(but, o.name):
			continue
		case o.name == "group", o.name == "disclosure", o.name == "subset-by":
		case !slices.Contains([]purpose{forRows, forInput, forCohort}, o.purpose):
			continue
		}
		values := f.given[o.name]
		if len(values) > 1 && !strings.Contains(o.says, "(repeatable)") { // the last value counts
			values = values[len(values)-1:]
		}
		switch value := f.set.Lookup(o.name).Value.String(); {
		case o.value == "" && value == "true":
			words = append(words, "-"+o.name)
		case o.value != "" && (f.Given(o.name) || o.preset != "" && o.value != "COLUMN") && value != "":
			values = []string{value}
		}
		for _, value := range values {
			if strings.HasSuffix(o.value, "FILE") || o.value == "LIST" {
				value = filepath.Base(value)
			}
			words = append(words, "-"+o.name+" "+value)
		}
	}
	slices.Sort(words)
	return words
}

// Parse reads the options of a command line. If they ask for the help or the version, it writes that to standard output
// and returns flag.ErrHelp. For a mistake it returns a usage error of one line.
func (f *Flags) Parse(args []string, std IO) error {
	version := false
	if _, ok := f.rows["version"]; ok {
		f.Switch("version", &version)
	}
	if _, ok := f.rows["config"]; ok {
		f.Func("config", func(string) error { return errors.New("must be given on the command line, and once") })
	}
	for name := range f.rows {
		if f.set.Lookup(name) == nil {
			panic("the option -" + name + " of " + f.command + " is not bound")
		}
	}
	args, err := f.withConfig(args)
	if err != nil {
		return err
	}
	f.args = args
	if err := f.optionAsValue(args); err != nil {
		return err
	}
	err = f.set.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		return errors.Join(err, WriteHelp(std.Stdout, f.command))
	}
	if err != nil {
		return usageError{f.mistake(err)}
	}
	if version {
		WriteVersion(std.Stdout, f.command)
		return flag.ErrHelp
	}
	if err := f.empty(); err != nil {
		return err
	}
	if slices.Contains(args, "--") {
		return nil
	}
	for _, arg := range f.Args() {
		if len(arg) > 1 && arg[0] == '-' {
			return Usage("option %s follows a file; options go first", arg)
		}
	}
	return nil
}

// empty fails if an option that names a column, a file or a folder has an empty value. An unset variable in a script
// produces such a value.
func (f *Flags) empty() (err error) {
	f.set.Visit(func(one *flag.Flag) {
		value := f.rows[one.Name].value
		named := value == "COLUMN" || value == "DIR" || strings.HasSuffix(value, "FILE")
		text, ok := one.Value.(flag.Getter)
		if err == nil && named && ok && strings.TrimSpace(fmt.Sprint(text.Get())) == "" {
			err = Usage("-%s: its value is empty; leave the option out, or give it a value", one.Name)
		}
	})
	return err
}

// optionAsValue fails if an option is followed by another option instead of its value. The value was forgotten, and
// what follows would be misread.
func (f *Flags) optionAsValue(args []string) error {
	for i := 0; i+1 < len(args) && len(args[i]) > 1 && args[i][0] == '-' && args[i] != "--"; i++ {
		o, ok := f.rows[optionName(args[i])]
		if !ok || o.value == "" {
			continue // it has its value after =, is unknown, or is a switch
		}
		i++
		if f.isOption(args[i]) {
			return Usage("-%s needs its value (%s), and %s looks like an option; "+
				"write a value that begins with a hyphen as -%s=%s",
				o.name, o.value, args[i], o.name, args[i])
		}
	}
	return nil
}

// isOption reports whether an argument is the name of an option of the command.
func (f *Flags) isOption(arg string) bool {
	_, ok := f.rows[optionName(arg)]
	return ok
}

// Config returns the path of the -config file, or "" if there is none.
func (f *Flags) Config() string { return f.config }

// optionName returns the name of an option without its hyphens. It returns "" for any other argument.
func optionName(arg string) string {
	name, ok := strings.CutPrefix(arg, "-")
	if !ok {
		return ""
	}
	return strings.TrimPrefix(name, "-")
}

// OneOf is a flag.Value that accepts one of a few words.
type OneOf struct {
	Words []string
	Value *string
}

// String returns the word that is set.
func (o OneOf) String() string {
	if o.Value == nil {
		return ""
	}
	return *o.Value
}

// Set sets the value to one of the words, and fails for any other text.
func (o OneOf) Set(word string) error {
	for _, w := range o.Words {
		if w == word {
			*o.Value = w
			return nil
		}
	}
	return fmt.Errorf("%smust be one of %q", DidYouMean(word, "", o.Words), o.Words)
}
