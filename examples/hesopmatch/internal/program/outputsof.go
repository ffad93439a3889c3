package program

import "strings"

// OutputsOf returns the files and folders that options of a command name to be written, by the options.
func OutputsOf(command string, args []string) map[string]string {
	outputs := make(map[string]string)
	f := NewFlags(command)
	for i := 0; i < f.optionsEnd(args); i++ {
		name, value, joined := strings.Cut(optionName(args[i]), "=")
		if f.rows[name].value == "" {
			continue
		}
		if !joined {
			if i++; i == len(args) {
				break
			}
			value = args[i]
		}
		if isOutput(name) {
			outputs[name] = value
		}
	}
	return outputs
}

// BehindOptions returns what stands behind the options of a command.
func BehindOptions(command string, args []string) []string {
	return args[NewFlags(command).optionsEnd(args):]
}
