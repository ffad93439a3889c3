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

// completionFiles are the templates by the shells that read them.
func completionFiles() map[string]string {
	return map[string]string{"bash": "completion.bash", "powershell": "completion.ps1"}
}

// completed is what a command may be followed by.
type completed struct {
	Name    string
	Options string
	Values  []completedValue
}

// completedValue is an option of which the value is one of some words.
type completedValue struct{ Option, Words string }

// WriteCompletion writes the script by which a shell completes commands, options and their words.
func WriteCompletion(w io.Writer, shell string) error {
	file, ok := completionFiles()[shell]
	if !ok {
		shells := slices.Sorted(maps.Keys(completionFiles()))
		return Usage("help completion %s: %sthere are %s", Plain(shell), DidYouMean(shell, "", shells),
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
