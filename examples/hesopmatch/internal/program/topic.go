package program

// Topic is the help text of a command.
type Topic struct {
	Name, Does string
	Usage      []string // what follows the name
	Text       []string // paragraphs
	Examples   []string // what follows the name, to run in the folder testdata
	Failed     string   // what exit code 1 means, "" for a failure only
}

const inputText = "INPUT is a file of appointments, text or Parquet; - for text on standard input; a folder, for the " +
	"data files in it (.csv, .txt, .tsv, .gz, .parquet; hidden files are ignored); or a pattern such as y*.csv."

// Commands returns the commands in the order of their use.
func Commands() []Topic {
	return []Topic{
		{
			Name: "lint", Does: "reports what each row of a codelist means and what is wrong with it",
			Usage: []string{"[CODELISTS] [options] FILE...", "-diff [options] A B"},
			Text: []string{
				"FILE is a codelist that states its coding system itself, as with -codelist, or a folder " +
					"or pattern of such files. It may be absent if CODELISTS are given.",
				"A codelist is CSV, tab-delimited text, plain text with one code a line, JSON, or a workbook " +
					"(.xlsx, .xlsm, .xltx, .xltm), in UTF-8, UTF-16 or Windows-1252. Other formats, such as .xls, " +
					"Stata, R and SQL, are refused, and the message names the format. The code column is found by " +
					"its header, even below titles. The coding system comes from a column, the header or the " +
					"option. Rows of other systems (SNOMED CT, Read) are ignored. If a cell outside the code " +
					"column holds other codes, its row is rejected. A column that marks exclusions stops the run " +
					"until -exclude-column names it.",
				"With -format csv, the coverage of a row is exact (the undivided category) or descendants, with " +
					"exclude- in front for an exclusion. Ignored and rejected rows have neither code nor coverage.",
			},
			Examples: []string{"codelists/depression.csv", "-diff codelists/depression.csv codelists/conditions.csv"},
			Failed:   "failed, a row was rejected without -lenient, or no entry is left",
		},
		{
			Name: "flag", Does: "writes the appointments that match codelists, or every hit",
			Usage: []string{"CODELISTS [options] INPUT..."},
			Text: []string{
				"It writes the appointments as they are, with one more column for each list: 1 match, 0 no match, " +
					"empty unknown. Unknown does not mean no: most outpatient appointments carry no code. Values " +
					"stay as found; a spreadsheet may read - or =A1 as a formula.",
				"Hits have a line for each value that matched. The column row numbers the rows of all INPUTs from " +
					"1, skipped ones included. value and entry are as written; entry_line is the line of the entry " +
					"in its file. Lines are in the order of row, list, system and position.",
				inputText + " Several INPUTs need the same columns in the same order, unless -columns or -union is " +
					"given. The same file twice is an error.",
			},
			Examples: []string{
				"-opcs4 codelists/joints.csv -rows all appointments.csv",
				"-icd10 codelists/depression.csv -format hits appointments.csv",
			},
		},
		{
			Name: "explain", Does: "explains individual appointments: what was read, and why lists match",
			Usage: []string{"CODELISTS -row N | -where COLUMN=VALUE [options] INPUT..."},
			Text: []string{
				"For each code field it shows what was read and why. For each list it shows the entry that decided, " +
					"or why none did. The output holds records of individual people.",
				inputText,
			},
			Examples: []string{
				"-icd10 codelists/depression.csv -row 2,3 appointments.csv",
				"-icd10 codelists/depression.csv \\\n    -where attendkey=900000000003 appointments.csv",
			},
		},
		{
			Name: "cohort", Does: "writes the people of each list, or tables that may be released",
			Usage: []string{"CODELISTS [options] INPUT..."},
			Text: []string{
				"It writes a line for each person and list: the first and last day, and the numbers of " +
					"appointments and dates. With -format html or -release it writes tables; their numbers follow " +
					"-disclosure.",
				inputText,
			},
			Examples: []string{
				"-icd10 codelists/depression.csv -attended appointments.csv",
				"-icd10 codelists/depression.csv -disclosure ukllc \\\n    -format html -o page.html appointments.csv",
			},
		},
		{
			Name: "syntax", Does: "writes a script to run where the data are: SQL, R, Stata or Python",
			Usage: []string{"CODELISTS -dialect DIALECT -layout NAME | -columns-of FILE [options]"},
			Text: []string{
				"All statements of a script but the last create only temporary objects. The " +
					"command reads no appointments; it reads only the header of the file given with -columns-of.",
				"A script reads dates as yyyy-mm-dd, yyyy/mm/dd, yyyymmdd, dd/mm/yyyy and dd-mm-yyyy. Other forms, " +
					"which cohort reads, count as no date in a script.",
			},
			Examples: []string{
				"-icd10 codelists/depression.csv -dialect spark -layout cprd",
				"-icd10 codelists/depression.csv -dialect submission",
			},
		},
		{
			Name: "synth", Does: "writes synthetic appointments, which belong to no real people",
			Usage:    []string{"[options]"},
			Text:     []string{"The same seed gives the same appointments in the same version."},
			Examples: []string{"-rows 3 -layout cprd", "-rows 20000 -seed 7 -o synthetic.csv"},
		},
		{
			Name: "version", Does: "writes version, revision, build, licence and citation",
			Usage:    []string{"[options]"},
			Examples: []string{"", "-json"},
		},
	}
}

// topicOf returns the entry of a command.
func topicOf(command string) Topic {
	for _, a := range Commands() {
		if a.Name == command {
			return a
		}
	}
	panic("no command " + command)
}

// failed returns what exit code 1 means.
func (t Topic) failed() string {
	if t.Failed == "" {
		return "failed"
	}
	return t.Failed
}
