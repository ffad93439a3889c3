package program

// FlagsOfOptions returns the flag for each option of the libraries.
func FlagsOfOptions() map[string]string {
	flags := make(map[string]string)
	for option, f := range optionFlags() {
		if f.flag == inputArgument {
			continue
		}
		flags[option] = f.flag
	}
	return flags
}
