package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"hesopmatch/examples/hesopmatch/internal/program"
)

// self is the name of the program. Messages that belong to no command begin with it.
const self = "hesopmatch"

// choose returns the command that the arguments ask for, the name that begins the messages of that command, and the
// command's own arguments. If the arguments ask for no command, choose returns a command that lists the commands and
// fails.
func choose(args []string) (name string, run program.Command, rest []string) {
	if len(args) == 0 {
		return self, missing, nil
	}
	word, rest := args[0], args[1:]
	switch word {
	case "-h", "--h", "-help", "--help":
		word = "help"
	case "-version", "--version":
		word = "version"
	case "-rerun", "--rerun":
		return self, rerun, rest
	}
	if word == "help" && len(rest) > 0 && rest[0] == "completion" {
		return self, writeCompletion, rest[1:]
	}
	if word == "help" && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
		word, rest = rest[0], append([]string{"-h"}, rest[1:]...) // help COMMAND is COMMAND -h
	}
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == word })
	switch {
	case i < 0:
		return self, unknown(word), nil
	case word == "help" || word == "version":
		return self, all[i].run, rest
	default:
		return word, all[i].run, rest
	}
}

// missing fails because no command is named.
func missing(_ context.Context, _ []string, std program.IO) error {
	if err := list(std.Stderr); err != nil {
		return err
	}
	return program.Usage("no command is named")
}

// unknown returns a command that fails because word is not a command.
func unknown(word string) program.Command {
	return func(context.Context, []string, program.IO) error {
		var words []string
		for _, c := range commands() {
			words = append(words, c.name)
		}
		plain, there := program.Plain(word), strings.Join(words, ", ")
		if strings.HasPrefix(word, "-") {
			return program.Usage("option %s comes before the command; the command goes first: %s", plain, there)
		}
		return program.Usage("no command %s: %sthe commands are %s", plain, program.DidYouMean(word, "", words), there)
	}
}

// list writes the commands.
func list(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "usage: %s COMMAND [options] [FILE...]\n\n", self)
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-8s %s\n", c.name, c.does)
	}
	b.WriteString("\nhesopmatch help COMMAND writes the help of a command.\n" +
		"hesopmatch help completion bash (or powershell) writes a completion script.\n" +
		"hesopmatch -rerun MANIFEST repeats the run of a manifest and says what differs.\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// writeList runs the command "help" if no other command follows: it lists the commands.
func writeList(_ context.Context, _ []string, std program.IO) error { return list(std.Stdout) }

func writeVersion(_ context.Context, args []string, std program.IO) error {
	fs := program.NewFlags("version")
	var asJSON bool
	fs.Switch("json", &asJSON)
	if err := fs.Parse(args, std); err != nil {
		return err
	}
	if len(fs.Args()) > 0 {
		return program.Usage("version takes no argument, but got %q", fs.Args()[0])
	}
	about := program.NewAbout(self)
	if asJSON {
		return program.WriteJSON(std.Stdout, about)
	}
	return about.Write(std.Stdout)
}

// writeCompletion runs "help completion SHELL".
func writeCompletion(_ context.Context, args []string, std program.IO) error {
	return program.WriteCompletion(std.Stdout, strings.Join(args, " "))
}
