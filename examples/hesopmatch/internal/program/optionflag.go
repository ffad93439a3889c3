package program

import "strings"

// optionFlag is how the command line has what an option of the libraries does.
type optionFlag struct {
	flag string // with its hyphen
	// value returns the argument of the flag from those of the option, "" for none. If it is
	// nil, the arguments stand as they are.
	value func(args []string) string
	// isWord reports that the name is also a word of sentences: it names the option only with
	// its arguments behind it.
	isWord bool
}

// optionFlags returns the flags of options by the names that the libraries' messages have for
// them. Names of options that a library is about to get stand beside today's.
func optionFlags() map[string]optionFlag {
	return map[string]optionFlag{
		// codelist
		"AllowBroad":      {flag: "-allow-broad", value: noValue},
		"AllowRejected":   {flag: "-lenient", value: noValue},
		"AllowRemovals":   {flag: "-allow-removals", value: noValue},
		"CodeColumn":      {flag: "-code-column"},
		"ExcludeColumn":   {flag: "-exclude-column"},
		"ExcludeWhen":     {flag: "-exclude-when"},
		"GroupColumn":     {flag: "-group"},
		"HeaderRow":       {flag: "-header-row"},
		"Headings":        {flag: "-headings", value: wordOf(headingWords), isWord: true},
		"IgnoreHeadings":  {flag: "-headings ignore", value: noValue},
		"ExpandHeadings":  {flag: "-headings expand", value: noValue},
		"RejectHeadings":  {flag: "-headings reject", value: noValue},
		"InSystem":        {flag: "-icd10 or -opcs4", value: noValue},
		"Lenient":         {flag: "-lenient", value: noValue},
		"OnlySheet":       {flag: "-sheet"},
		"ParseGroups":     {flag: "-group", value: noValue},
		"ParseReference":  {flag: "-reference", value: noValue},
		"Policy":          {flag: "-descendants", value: wordOf(policyWords), isWord: true},
		"Sheet":           {flag: "-sheet", isWord: true},
		"System":          {flag: "-icd10 or -opcs4", value: noValue, isWord: true},
		"SystemColumn":    {flag: "-system-column"},
		"WithHeadings":    {flag: "-headings", value: wordOf(headingWords)},
		"WithPolicy":      {flag: "-descendants", value: wordOf(policyWords)},
		"codelist.Parse":  {flag: "-icd10, -opcs4 or -codelist", value: noValue},
		"codelist.Open":   {flag: "-icd10, -opcs4 or -codelist", value: noValue},
		"codelist.System": {flag: "-icd10 or -opcs4", value: noValue},

		// hesop
		"AllFields":          {flag: "-fields all", value: noValue},
		"ConcatenatedFields": {flag: "-fields concat", value: noValue},
		"Delimiter":          {flag: "-delimiter", value: delimiterOf},
		"Names":              {flag: "-header", value: noValue},
		"PositionalFields":   {flag: "-fields positional", value: noValue},
		"RawWidth":           {flag: "-raw-width"},
		"ReadFields":         {flag: "-fields", value: wordOf(fieldWords)},
		"Rename":             {flag: "-rename", value: renameValue},
		"SkipBadRows":        {flag: "-skip-bad-rows", value: noValue},

		// match and match/cohort
		"AtLeast":      {flag: "-min"},
		"Attended":     {flag: "-attended", value: noValue},
		"DateColumn":   {flag: "-date"},
		"From":         {flag: "-from", isWord: true},
		"Once":         {flag: "-dedupe"},
		"PersonColumn": {flag: "-person"},
		"PrimaryOnly":  {flag: "-primary", value: noValue},
		"To":           {flag: "-to", isWord: true},
		"Workers":      {flag: "-workers"},
	}
}

var (
	fieldWords   = []string{"AllFields", "all", "PositionalFields", "positional", "ConcatenatedFields", "concat"}
	headingWords = []string{"IgnoreHeadings", "ignore", "ExpandHeadings", "expand", "RejectHeadings", "reject"}
	policyWords  = []string{"Auto", "auto", "Always", "always", "Never", "never"}
)

// noValue is for flags without a value.
func noValue([]string) string { return "" }

// wordOf is for flags that have a word for each constant of a type: pairs are a constant and its
// word.
func wordOf(pairs []string) func([]string) string {
	return func(args []string) string {
		arg := strings.Join(args, ", ")
		for i := 0; i < len(pairs); i += 2 {
			if arg == pairs[i] || strings.HasSuffix(arg, "."+pairs[i]) {
				return pairs[i+1]
			}
		}
		return arg
	}
}

// renameValue is FROM=TO.
func renameValue(args []string) string { return strings.Join(args, "=") }

// delimiterOf is the character, or tab.
func delimiterOf(args []string) string {
	if arg := strings.Join(args, ""); arg != "\t" {
		return arg
	}
	return "tab"
}
