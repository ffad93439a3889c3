package program

// FlagsOfOptions returns the flags by the options that they stand for.
func FlagsOfOptions() map[string]string {
	flags := make(map[string]string)
	for option, f := range optionFlags() {
		flags[option] = f.flag
	}
	return flags
}
