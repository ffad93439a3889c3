package program

// FlagsOfOptions returns the flags by the options that they stand for.
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
