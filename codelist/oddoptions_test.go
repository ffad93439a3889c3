package codelist

import "hesopmatch/internal/oracle"

// optionsToCome are the options of the oracle's choices that Parse does not have yet.
func optionsToCome(oracle.Choices) []Option { return nil }
