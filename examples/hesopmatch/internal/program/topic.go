package program

// Topic is what the help says of a command.
type Topic struct {
	Name, Does string
	Usage      []string // what stands behind the name
	Text       []string // paragraphs
	Examples   []string // what stands behind the name, in the folder testdata
	Failed     string   // what exit code 1 says, "" for a failure alone
}

const inputText = "INPUT is a file of appointments, text or Parquet, - for text on standard input, a folder for the " +
	"data files in it (.csv, .txt, .tsv, .gz, .parquet, none that are hidden), or a pattern such as y*.csv."

// Commands returns the commands in the order of their use.
func Commands() []Topic {
	return []Topic{
		{
			Name: "lint", Does: "reports what each row of a codelist means, and what is wrong",
			Usage: []string{"[CODELISTS] [options] FILE...", "-diff [options] A B"},
			Text: []string{"FILE is a codelist that states its coding system itself, as with -codelist, or a pattern " +
				"or folder of them; it may be absent where CODELISTS are given."},
			Examples: []string{"codelists/depression.csv", "-diff codelists/depression.csv codelists/conditions.csv"},
			Failed:   "failed, or a row is rejected and -lenient is not given, or no entry is left",
		},
		{
			Name: "flag", Does: "writes the appointments that codelists match, or each hit",
			Usage: []string{"CODELISTS [options] INPUT..."},
			Text: []string{
				"It writes the appointments as they are, with one more column for each list: 1 match, 0 no match, " +
					"empty unknown. Unknown is not no: most outpatient appointments carry no code.",
				inputText,
			},
			Examples: []string{
				"-opcs4 codelists/joints.csv -rows all appointments.csv",
				"-icd10 codelists/depression.csv -format hits appointments.csv",
			},
		},
		{
			Name: "explain", Does: "explains single appointments: what was read, and why lists matched",
			Usage: []string{"CODELISTS -row N | -where COLUMN=VALUE [options] INPUT..."},
			Text: []string{
				"For each code field it says what was read and why, and for each list the entry that decided, or why " +
					"none did. It shows records of single people.",
				inputText,
			},
			Examples: []string{
				"-icd10 codelists/depression.csv -row 2,3 appointments.csv",
				"-icd10 codelists/depression.csv \\\n    -where attendkey=900000000003 appointments.csv",
			},
		},
		{
			Name: "cohort", Does: "writes people, or tables that may leave the environment",
			Usage: []string{"CODELISTS [options] INPUT..."},
			Text: []string{
				"It writes a line for each person and list: first and last day, appointments and dates. With " +
					"-format html or -release it writes tables, with the numbers that -disclosure lets out.",
				inputText,
			},
			Examples: []string{
				"-icd10 codelists/depression.csv -attended appointments.csv",
				"-icd10 codelists/depression.csv -disclosure ukllc \\\n    -format html -o page.html appointments.csv",
			},
		},
		{
			Name: "syntax", Does: "writes a script that asks where the data are: SQL, R, Stata, Python",
			Usage: []string{"CODELISTS -dialect DIALECT -layout NAME | -columns-of FILE [options]"},
			Text: []string{"Everything before the last statement of a script makes temporary objects only. No " +
				"appointment is read, but for the header of -columns-of."},
			Examples: []string{
				"-icd10 codelists/depression.csv -dialect spark -layout cprd",
				"-icd10 codelists/depression.csv -dialect submission",
			},
		},
		{
			Name: "synth", Does: "writes synthetic appointments of nobody",
			Usage:    []string{"[options]"},
			Text:     []string{"The same seed gives the same appointments in the same version."},
			Examples: []string{"-rows 3 -layout cprd", "-rows 20000 -seed 7 -o synthetic.csv"},
		},
		{
			Name: "version", Does: "writes version, revision, build, licence and how to cite",
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

// failed says what exit code 1 means.
func (t Topic) failed() string {
	if t.Failed == "" {
		return "failed"
	}
	return t.Failed
}
