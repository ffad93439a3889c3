package program

// inputOptions returns the rows of the option table for reading appointments.
func inputOptions() []option {
	return []option{
		{
			"fields", "all|positional|concat", "all", withCodes, forInput,
			"code fields to read: all of them, the positional ones (including raw ones), or the concatenated ones",
		},
		{
			"primary", "", "", withCodes, forInput,
			"match codes in the first position only; warns if the data have only concatenated columns, because " +
				"these may omit empty positions",
		},
		{
			"person", "COLUMN", "", "flag " + withPeople, forInput,
			"column that identifies the person (default: found by its name)",
		},
		{
			"date", "COLUMN", "apptdate", withPeople, forInput,
			"column of the day of the appointment",
		},
		{
			"raw-width", "4|6", "", withCodes, forInput,
			"number of characters that a raw column (diag_01) holds: 4 if the extract truncated its codes, 6 if it " +
				"did not",
		},
		{
			"rename", "FROM=TO", "", withCodes, forInput,
			"read column FROM as TO, in the inputs that have it: cause=diag_01, or 'code_#=diag_#+1' for a series; " +
				"FROM= states that FROM holds no codes (repeatable)",
		},
		{
			"header", "FILE", "", withCodes, forInput,
			"file of column names, for inputs without a header",
		},
		{
			"delimiter", "CHARACTER", "", withCodes, forInput,
			"character that separates the fields, or the word tab (default: found from the header)",
		},
		{
			"skip-bad-rows", "", "", withInputs, forInput,
			"skip and count rows with too few or too many fields",
		},
	}
}
