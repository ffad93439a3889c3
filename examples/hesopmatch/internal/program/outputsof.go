package program

import "strings"

// OutputsOf returns the files and folders that the arguments of a command name as outputs, by option.
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

// BehindOptions returns the arguments that follow the options of a command.
func BehindOptions(command string, args []string) []string {
	return args[NewFlags(command).optionsEnd(args):]
}
