package program

import (
	"slices"
	"strings"
)

// option is a row of the table of options. Help, completion and the checks of values are made from it.
type option struct {
	name     string // without its hyphen
	value    string // what the value is called, words with | between them to choose from; "" for a switch
	preset   string // the value where the option is not given, "" for none
	commands string // that take it, with a space between them
	purpose  purpose
	says     string
}

// purpose is what an option is for. The help of a command has a heading for each.
type purpose uint8

const (
	forLists purpose = iota
	forRows          // of codelists
	forInput
	forCohort
	forOutput
	forRelease
	forScript
	forSynth
	forRun
)

// purposes returns the headings of the help, in its order.
func purposes() []string {
	return []string{
		"CODELISTS, one or more", "How codelists are read",
		"How appointments are read", "Which appointments and people",
		"What is written", "What may leave the environment", "The script", "The appointments", "The run",
	}
}

const (
	withLists  = "lint flag explain cohort syntax"
	withCodes  = "flag explain cohort syntax" // of appointments
	withInputs = "flag explain cohort"
	withPeople = "cohort syntax"
)

// options returns the table.
func options() []option {
	return slices.Concat(listOptions(), inputOptions(), cohortOptions(), outputOptions(), otherOptions())
}

func listOptions() []option {
	return []option{
		{
			"icd10", "[NAME=]FILE", "", withLists, forLists,
			"ICD-10 codelist, text or workbook; NAME is what its column is called (repeatable)",
		},
		{
			"opcs4", "[NAME=]FILE", "", withLists, forLists,
			"OPCS-4 codelist (repeatable)",
		},
		{
			"codelist", "[NAME=]FILE", "", withLists, forLists,
			"codelist that states its coding system itself (repeatable)",
		},
		{
			"group", "COLUMN", "", withLists, forLists,
			"make one list of each value of COLUMN, called by it",
		},

		{
			"descendants", "auto|always|never", "auto", withLists, forRows,
			"what a bare category covers: its descendants always, never, or unless the list names some of them",
		},
		{
			"headings", "reject|ignore|expand", "reject", withLists, forRows,
			"chapter numbers, and ranges inside which a list names codes; expand takes the ranges and ignores " +
				"chapter numbers",
		},
		{
			"code-column", "NAME", "", withLists, forRows,
			"column of the codes (default: found by its header)",
		},
		{
			"system-column", "NAME", "", withLists, forRows,
			"column of the coding systems (default: found by its header and values)",
		},
		{
			"exclude-column", "NAME", "", withLists, forRows,
			"column that separates exclusions from inclusions; none: no column does",
		},
		{
			"exclude-when", "VALUE", "", withLists, forRows,
			"value of -exclude-column that excludes; all others include",
		},
		{
			"header-row", "N", "", withLists, forRows,
			"line or sheet row of the header, for a table with something above it",
		},
		{
			"sheet", "NAME", "", withLists, forRows,
			"sheet of workbooks to read (default: all sheets)",
		},
		{
			"lenient", "", "", withLists, forRows,
			"go on without the rows of a codelist that are rejected",
		},
		{
			"allow-broad", "", "", withLists, forRows,
			"accept prefixes of one and two characters",
		},
		{
			"allow-removals", "", "", withLists, forRows,
			"read the rows of a list with a column reason_for_removal as entries",
		},
	}
}

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
			"read column FROM as TO: cause=diag_01, or 'code_#=diag_#+1' for a series; FROM= says that it holds no " +
				"codes (repeatable)",
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

func cohortOptions() []option {
	return []option{
		{
			"attended", "", "", withPeople, forCohort,
			"only appointments at which the patient was seen (attended 5 and 6)",
		},
		{
			"from", "DAY", "", withPeople, forCohort,
			"only appointments on DAY (yyyy-mm-dd) or later",
		},
		{
			"to", "DAY", "", withPeople, forCohort,
			"only appointments on DAY or earlier",
		},
		{
			"min", "N", "1", withPeople, forCohort,
			"only people with N appointments or more of a list",
		},
		{
			"dedupe", "COLUMN", "", withPeople, forCohort,
			"of the appointments with one value in COLUMN, such as attendkey, take only the first",
		},
		{
			"order-by", "COLUMN", "", withPeople, forCohort,
			"for -dedupe: the first is the one with the least value in COLUMN, compared as text, an empty one last " +
				"(default: the first in the files; a table of a database has no order)",
		},
	}
}

func outputOptions() []option {
	return []option{
		{
			"rows", "matched|all|people", "matched", "flag", forOutput,
			"rows to write: those that match a list, all, or all of the people who match a list in any row, for " +
				"which the inputs are read twice",
		},
		{
			"format", "wide|hits", "wide", "flag", forOutput,
			"the rows with a column for each list, or a line for each value that matched",
		},
		{
			"columns", "a,b,...", "", "flag", forOutput,
			"columns of the input to write (default: all, and none behind hits)",
		},
		{
			"union", "", "", "flag", forOutput,
			"write all columns that any input has, or those of -columns; one that an input lacks is empty there",
		},
		{
			"values", "codes|words", "codes", "flag", forOutput,
			"what stands for match, no match and unknown: 1, 0 and nothing, or these words",
		},
		{
			"names", "given|safe", "given", "flag", forOutput,
			"names of lists in the output: as they are, or as Stata and R take them for variables",
		},
		{
			"format", "csv|html", "", "cohort", forOutput,
			"a line for each person and list, or a page of tables and charts (default: csv, or with -release " +
				"neither)",
		},
		{
			"format", "text|csv|json", "text", "lint", forOutput,
			"a report for people, a line for each code, or all that is known",
		},
		{
			"diff", "", "", "lint", forOutput,
			"compare two lists: the codes that only one of them covers",
		},
		{
			"reference", "FILE", "", "lint", forOutput,
			"valid codes, one a row, and their terms, to hold the lists against",
		},
		{
			"summary", "FILE", "", "cohort", forOutput,
			"write the numbers of the page to FILE, as CSV",
		},
		{
			"quality", "FILE", "", "flag", forOutput,
			"write what the data say of their own quality to FILE, as JSON",
		},
		{
			"manifest", "FILE", "", "flag cohort", forOutput,
			"write an account of the run, from which -rerun repeats it, to FILE, as JSON; its numbers are exact",
		},
		{
			"o", "FILE", "", "lint flag explain cohort syntax synth", forOutput,
			"write to FILE, whole or not at all (default, and for -: standard output)",
		},

		{
			"disclosure", "RULE", "", "cohort", forRelease,
			"rule for the numbers of page, summary and release: ukllc, nhse-sde, opensafely or least=N,nearest=M " +
				"hides those of fewer than N people and rounds the rest; none shows exact numbers, which may not leave",
		},
		{
			"release", "DIR", "", "cohort", forRelease,
			"make the folder DIR with the page and its tables as -disclosure lets them out, in the form that SACRO " +
				"and ACRO read",
		},
		{
			"compare-release", "DIR", "", "cohort", forRelease,
			"folder of an earlier release of the same data: list the numbers that differ so little that few people " +
				"are the difference",
		},
		{
			"subset-by", "LIST", "", "cohort", forRelease,
			"codelist by which the data were extracted: a list of this run by its NAME or FILE, or another FILE " +
				"(repeatable); no match, unknown and missing then describe the extract",
		},
	}
}

func otherOptions() []option {
	return []option{
		{
			"dialect", "sqlserver|spark|duckdb|postgres|sqlite|r|stata|python|submission", "", "syntax", forScript,
			"language of the script; or submission: the file of one codelist, with a row added for each text that a " +
				"provider needs that compares texts",
		},
		{
			"what", "flags|hits|people|counts|codes", "flags", "syntax", forScript,
			"a row for each appointment, for each value that matched, for each person and list, or for each list " +
				"and year; or the table of codes as CSV",
		},
		{
			"layout", "ukllc|national|otr|cprd", "", "syntax", forScript,
			"the table has the columns of this layout; the person of ukllc and otr is named by -person " +
				"llc_0042_stud_id",
		},
		{
			"columns-of", "FILE", "", "syntax", forScript,
			"the table has the columns of FILE: appointments with a header, or names alone, as -header reads them",
		},
		{
			"table", "NAME", "hesop", "syntax", forScript,
			"table or view: schema.table or table; a part in \"\", [] or `` is taken as it stands",
		},
		{
			"keep", "a,b,...", "", "syntax", forScript,
			"columns of the appointment to write in front (default: attendkey and the person, where they are)",
		},
		{
			"codes", "inline|table|FILE", "inline", "syntax", forScript,
			"where the table of codes is: in the query, in a temporary table that the script makes, or in one that " +
				"the statements in FILE make",
		},
		{
			"dots", "", "", "syntax", forScript,
			"for -dialect submission: add each text with its dot too",
		},

		{
			"rows", "N", "1000", "synth", forSynth,
			"how many",
		},
		{
			"seed", "NUMBER", "1", "synth", forSynth,
			"number that the appointments follow from",
		},
		{
			"layout", "ukllc|national|otr|cprd", "ukllc", "synth", forSynth,
			"columns and their form",
		},
		{
			"missing-diagnosis", "SHARE", "0.94", "synth", forSynth,
			"share of appointments whose first diagnosis is missing, 0 to 1",
		},
		{
			"missing-procedure", "SHARE", "0.72", "synth", forSynth,
			"share of appointments whose first procedure is missing, 0 to 1",
		},

		{
			"workers", "N", "", withInputs, forRun,
			"how many read and match side by side (default: the cores, eight at most)",
		},
		{
			"warnings", "report|error", "report", withLists, forRun,
			"whether a warning is shown, or makes the run fail",
		},
		{
			"config", "FILE", "", "lint flag explain cohort syntax synth", forRun,
			"read more options from FILE, one a line, such as -min 2; a line without a hyphen is an INPUT, and one " +
				"that begins with # is left out",
		},
		{
			"version", "", "", "lint flag explain cohort syntax synth version", forRun,
			"write version, revision and build, and end",
		},
	}
}

// optionsOf returns the rows of a command.
func optionsOf(command string) []option {
	return slices.DeleteFunc(options(), func(o option) bool {
		return !slices.Contains(strings.Fields(o.commands), command)
	})
}

// words returns those of which a value is to be one, nil where it may be another.
func (o option) words() []string {
	if !strings.Contains(o.value, "|") || strings.ToLower(o.value) != o.value {
		return nil
	}
	return strings.Split(o.value, "|")
}
