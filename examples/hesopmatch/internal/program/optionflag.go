package program

import "strings"

// optionFlag is the flag of the command line for an option of the libraries.
type optionFlag struct {
	flag string // with its hyphen
	// call returns the flag and its value from the arguments of the option. If call is nil, the arguments follow the
	// flag unchanged.
	call func(args []string) string
	// isWord means that the option's name is also an ordinary word. The word names the option only if arguments follow
	// the word.
	isWord bool
}

// withArguments returns the flag with the arguments of the option.
func (f optionFlag) withArguments(args []string) string {
	switch {
	case f.call != nil:
		return f.call(args)
	case len(args) == 0:
		return f.flag
	default:
		return f.flag + " " + shellWord(strings.Join(args, ", "))
	}
}

// alone makes an optionFlag without a value. The flag takes no value, or its value cannot be made from the arguments.
func alone(flag string) optionFlag {
	return optionFlag{flag: flag, call: func([]string) string { return flag }}
}

// worded makes an optionFlag whose flag has a word for each constant. The arguments after the flag are each constant
// followed by its word.
func worded(flag string, pairs ...string) optionFlag {
	return optionFlag{flag: flag, call: func(args []string) string {
		return flag + " " + shellWord(wordOf(strings.Join(args, ", "), pairs))
	}}
}

// wordOf returns the word for a constant, and any other text unchanged.
func wordOf(constant string, pairs []string) string {
	for i := 0; i < len(pairs); i += 2 {
		if constant == pairs[i] || strings.HasSuffix(constant, "."+pairs[i]) {
			return pairs[i+1]
		}
	}
	return constant
}

// inputArgument is the name in the help for the files of appointments, which no flag names.
const inputArgument = "INPUT"

// optionFlags returns the flag for each option that the libraries' messages name, by the option's name. The map also
// has a few functions and constants that messages name.
func optionFlags() map[string]optionFlag {
	return map[string]optionFlag{
		// codelist
		"AllowBroad":     alone("-allow-broad"),
		"AllowRejected":  alone("-lenient"),
		"AllowRemovals":  alone("-allow-removals"),
		"CategoryPolicy": worded("-descendants", "Auto", "auto", "Always", "always", "Never", "never"),
		"CodeColumn":     {flag: "-code-column"},
		"CodingSystem": {flag: "-icd10 or -opcs4", call: func(args []string) string {
			return wordOf(strings.Join(args, ", "), []string{"0", "-codelist", "ICD10", "-icd10", "OPCS4", "-opcs4"})
		}},
		"ExcludeColumn": {flag: "-exclude-column"},
		"ExcludeValue":  {flag: "-exclude-when"},
		"HeaderRow":     {flag: "-header-row"},
		"HeadingRows": worded("-headings", "RejectHeadings", "reject", "IgnoreHeadings", "ignore",
			"ExpandHeadings", "expand"),
		"ParseGroups":    alone("-group"),
		"ParseReference": alone("-reference"),
		"SheetName":      {flag: "-sheet"},
		"SystemColumn":   {flag: "-system-column"},
		"codelist.Open":  alone("-icd10, -opcs4 or -codelist"),
		"codelist.Parse": alone("-icd10, -opcs4 or -codelist"),

		// hesop
		"AllFields":          alone("-fields all"),
		"ConcatenatedFields": alone("-fields concat"),
		"Delimiter": {flag: "-delimiter", call: func(args []string) string {
			return "-delimiter " + shellWord(wordOf(strings.Join(args, ""), []string{"\t", "tab"}))
		}},
		"Names":            alone("-header"),
		"PositionalFields": alone("-fields positional"),
		"RawWidth":         {flag: "-raw-width"},
		"ReadFields": worded("-fields", "AllFields", "all", "PositionalFields", "positional",
			"ConcatenatedFields", "concat"),
		"Rename": {flag: "-rename", call: func(args []string) string {
			return "-rename " + shellWord(strings.Join(args, "="))
		}},
		"hesop.Open":  alone(inputArgument),
		"SkipBadRows": alone("-skip-bad-rows"),

		// match and match/cohort
		"AgeBands":      {flag: "-bands"},
		"AtLeast":       {flag: "-min"},
		"Attended":      alone("-attended"),
		"DateColumn":    {flag: "-date"},
		"From":          {flag: "-from", isWord: true},
		"Once":          {flag: "-dedupe"},
		"OrderBy":       {flag: "-order-by"},
		"PersonColumn":  {flag: "-person"},
		"PrimaryOnly":   alone("-primary"),
		"To":            {flag: "-to", isWord: true},
		"With":          {flag: "-with", isWord: true},
		"WithBefore":    alone("-with-before"),
		"Without":       {flag: "-without", isWord: true},
		"WithoutBefore": alone("-without-before"),
		"Workers":       {flag: "-workers"},

		// match/syntax
		"SubmissionDots":   alone("-dots"),
		"SubmissionGroups": {flag: "-group"},
		"Ask":              {flag: "-what"},
		"Keep":             {flag: "-keep"},
		"PlaceCodes":       worded("-codes", "Inline", "inline", "InTable", "table", "Separate", "FILE"),
		"Table":            {flag: "-table"},
	}
}
