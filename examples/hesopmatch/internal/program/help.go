package program

import (
	"fmt"
	"io"
	"strings"
)

// helpWidth is the maximum number of characters in a line of help.
const helpWidth = 80

// WriteHelp writes the help of a command: what it does, examples, its options by purpose, and its exit codes.
func WriteHelp(w io.Writer, command string) error {
	t := topicOf(command)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nUsage:\n", Wrapped("hesopmatch "+t.Name+" "+t.Does+".", ""))
	for _, usage := range t.Usage {
		fmt.Fprintf(&b, "%s\n", Wrapped("hesopmatch "+t.Name+" "+usage, "  "))
	}
	for _, text := range t.Text {
		fmt.Fprintf(&b, "\n%s\n", Wrapped(text, ""))
	}
	b.WriteString("\nExamples, in the folder testdata:\n")
	for _, example := range t.Examples {
		b.WriteString("  " + strings.TrimSpace("hesopmatch "+t.Name+" "+example) + "\n")
	}
	for purpose, heading := range purposes() {
		first := true
		for _, o := range optionsOf(command) {
			if int(o.purpose) != purpose {
				continue
			}
			if first {
				fmt.Fprintf(&b, "\n%s:\n", heading)
				first = false
			}
			b.WriteString(o.help())
		}
	}
	fmt.Fprintf(&b, "\n%s\n", Wrapped("Exit codes: 0 done; 1 "+t.failed()+"; 2 the command line is wrong.", ""))
	_, err := io.WriteString(w, b.String())
	return err
}

// help returns the help text of an option.
func (o option) help() string {
	head := "  -" + o.name
	if o.value != "" {
		head += " " + o.value
	}
	says := o.says
	if o.preset != "" {
		says += " (default: " + o.preset + ")"
	}
	return head + "\n" + Wrapped(says, "      ") + "\n"
}

// Wrapped breaks a text into indented lines of at most 80 columns. A longer word has a line to itself.
func Wrapped(text, indent string) string {
	var b strings.Builder
	line := indent
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > helpWidth && line != indent {
			b.WriteString(line + "\n")
			line = indent
		}
		if line != indent {
			line += " "
		}
		line += word
	}
	return b.String() + line
}
