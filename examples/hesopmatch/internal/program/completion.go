package program

import (
	"embed"
	"io"
	"maps"
	"slices"
	"strings"
	"text/template"
)

//go:embed completion.bash completion.ps1
var completions embed.FS

// completionFiles returns the template for each shell.
func completionFiles() map[string]string {
	return map[string]string{"bash": "completion.bash", "powershell": "completion.ps1"}
}

// completed is a command with its options and their values.
type completed struct {
	Name    string
	Options string
	Values  []completedValue
}

// completedValue is an option whose value must be one of Words.
type completedValue struct{ Option, Words string }

// WriteCompletion writes a script that makes a shell complete commands, options and their words.
func WriteCompletion(w io.Writer, shell string) error {
	file, ok := completionFiles()[shell]
	if !ok {
		shells := slices.Sorted(maps.Keys(completionFiles()))
		return Usage("help completion %s: %sthe shells are %s", Plain(shell), DidYouMean(shell, "", shells),
			strings.Join(shells, ", "))
	}
	var commands []completed
	var names []string
	for _, a := range Commands() {
		c := completed{Name: a.Name}
		var options []string
		for _, o := range optionsOf(a.Name) {
			options = append(options, "-"+o.name)
			if words := o.words(); words != nil {
				c.Values = append(c.Values, completedValue{"-" + o.name, strings.Join(words, " ")})
			}
		}
		c.Options = strings.Join(options, " ")
		commands, names = append(commands, c), append(names, a.Name)
	}
	t, err := template.ParseFS(completions, file)
	if err != nil {
		return err
	}
	return t.Execute(w, struct {
		Names    string
		Commands []completed
	}{strings.Join(names, " "), commands})
}
