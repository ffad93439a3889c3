package program

// inputOptions are the rows for how appointments are read.
func inputOptions() []option {
	return []option{
		{
			"fields", "all|positional|concat", "all", withCodes, forInput,
			"code fields to read",
		},
		{
			"primary", "", "", withCodes, forInput,
			"match codes in the first position only",
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
			"characters that raw columns (diag_01) hold: 4 if the extract cut their codes, 6 if not",
		},
		{
			"rename", "FROM=TO", "", withCodes, forInput,
			"read column FROM, in the inputs that have it, as TO: cause=diag_01, or 'code_#=diag_#+1' for a " +
				"series; FROM= says that it holds no codes (repeatable)",
		},
		{
			"header", "FILE", "", withCodes, forInput,
			"names of the columns, for inputs without a header",
		},
		{
			"delimiter", "CHARACTER", "", withCodes, forInput,
			"what separates the fields: one character, or tab (default: found from the header)",
		},
		{
			"skip-bad-rows", "", "", withInputs, forInput,
			"skip and count rows with too few or too many fields",
		},
	}
}
