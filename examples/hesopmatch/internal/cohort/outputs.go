package cohort

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"hesopmatch/examples/hesopmatch/internal/program"
	"hesopmatch/internal/rows"
)

// releaseTable is a table of a release as printed.
type releaseTable struct {
	Name, Title string
	Head        []string // headings of the columns that name a row
	Measures    []string
	Rows        []releaseRow
}

// releaseRow is a row of a releaseTable. A row without values has only a name: "not shown", for example.
type releaseRow struct {
	Names  []string
	Values []string
	Hidden []bool // whether the value is the sign of a suppressed number
}

// releaseInfo describes the run that made a release.
type releaseInfo struct {
	Least, Nearest int64
	Profile        string
	Command        string // the options, without the paths of files
	Version        string // of this program
	Time           time.Time
	Notes          []string
}

// sign returns the text printed for a suppressed number.
func (info releaseInfo) sign() string { return "<" + strconv.FormatInt(info.Least, 10) }

// Files of a release that are not tables.
const (
	pageFile    = "page.html"
	summaryFile = "tables.csv"
	configFile  = "config.json"
	// The viewer of SACRO looks for the first of these names, and the acro package reads the second. Both files have
	// the same content.
	outputsFile, resultsFile = "outputs.json", "results.json"
)

// writeOutputs writes a release as a new folder: page, summary, a file for each table, a description for an output
// checker's tool, and the checksum of each file. It fails if a file or folder with that name exists. Once all files are
// ready, it calls the callback. If the callback or anything else fails, writeOutputs leaves no folder.
func writeOutputs(dir string, tables []releaseTable, page, summary []byte, info releaseInfo,
	before func() error,
) error {
	files, err := outputFiles(tables, page, summary, info)
	if err != nil {
		return err
	}
	return writeFolder("-release", dir, files, before)
}

// writeFolder writes files to the new folder dir. The argument option is the name of the command-line option that gave
// the path, for error messages. Once all files are ready, writeFolder calls the callback. If the callback or anything
// else fails, writeFolder leaves no folder.
func writeFolder(option, dir string, files []outputFile, before func() error) (err error) {
	folder, err := program.CreateFolder(dir)
	if err != nil {
		return fmt.Errorf("%s %w", option, err)
	}
	defer func() { err = errors.Join(err, folder.Close()) }()
	for _, f := range files {
		if err := folder.Write(f.name, f.data); err != nil {
			return fmt.Errorf("%s %w", option, err)
		}
	}
	if err := before(); err != nil {
		return err
	}
	if err := folder.Commit(); err != nil {
		return fmt.Errorf("%s %w", option, err)
	}
	return nil
}

// outputFile is a file of a release, with its name in the folder.
type outputFile struct {
	name string
	data []byte
}

// outputFiles returns all files of a release. The checksums come last, one for each other file.
func outputFiles(tables []releaseTable, page, summary []byte, info releaseInfo) ([]outputFile, error) {
	if info.Least < 1 || info.Nearest < 1 {
		return nil, errors.New("-release: nothing is hidden or rounded without a profile: name one (-disclosure)")
	}
	long, err := longTable(summary, info)
	if err != nil {
		return nil, err
	}
	files := []outputFile{{pageFile, page}, {summaryFile, summary}}
	results := object{
		{"page", info.page()},
		{"tables", info.result(long, summaryFile)},
	}
	for _, t := range tables {
		if err := t.check(info.sign()); err != nil {
			return nil, err
		}
		file := t.Name + ".csv"
		if slices.ContainsFunc(files, func(f outputFile) bool { return f.name == file }) {
			return nil, fmt.Errorf("-release: two tables are called %s", t.Name)
		}
		files = append(files, outputFile{file, t.wide()})
		results = append(results, member{t.Name, info.result(t, file)})
	}
	outputs, err := info.outputs(results)
	if err != nil {
		return nil, err
	}
	config, err := info.config()
	if err != nil {
		return nil, err
	}
	files = append(files, outputFile{outputsFile, outputs}, outputFile{resultsFile, outputs})
	files = append(files, outputFile{configFile, config})
	for _, f := range slices.Clone(files) {
		files = append(files, outputFile{"checksums/" + f.name + ".txt", sum(f.data)})
	}
	return files, nil
}

// wide returns the table as CSV: the name of a row, then a column for each measure. The name takes up a single column,
// because the tools that read a release treat the second column as the first column of cells.
func (t releaseTable) wide() []byte {
	var out []byte
	add := func(name string, cells []string) {
		out = rows.AppendField(out, name)
		for i := range t.Measures {
			cell := ""
			if i < len(cells) {
				cell = cells[i]
			}
			out = rows.AppendField(append(out, ','), cell)
		}
		out = append(out, '\n')
	}
	add(joined(t.Head), t.Measures)
	names := t.names()
	for i, row := range t.Rows {
		add(names[i], row.Values)
	}
	return out
}

// names returns the names of the rows. It makes the names distinct, because they are the keys under which the cells are
// described.
func (t releaseTable) names() []string {
	names := make([]string, len(t.Rows))
	seen := make(map[string]bool)
	for i, row := range t.Rows {
		name := joined(row.Names)
		for again := 2; seen[name]; again++ {
			name = fmt.Sprintf("%s (%d)", joined(row.Names), again)
		}
		seen[name] = true
		names[i] = name
	}
	return names
}

// joined joins names into one. It replaces characters that would break a line.
func joined(names []string) string {
	var some []string
	for _, name := range names {
		if name != "" {
			some = append(some, program.Plain(name))
		}
	}
	return strings.Join(some, ": ")
}

// check fails unless the cells that are marked as hidden are exactly the cells that print the sign. This ensures that
// no number that should be hidden is released.
func (t releaseTable) check(sign string) error {
	for i, row := range t.Rows {
		if len(row.Values) > len(t.Measures) || len(row.Hidden) != len(row.Values) {
			return fmt.Errorf("-release: table %s, row %d: %d values and %d marks for %d measures",
				t.Name, i+1, len(row.Values), len(row.Hidden), len(t.Measures))
		}
		for column, hidden := range row.Hidden {
			if hidden != (row.Values[column] == sign) {
				return fmt.Errorf("-release: table %s, row %d, %s: a hidden number must print %s, and a shown one "+
					"must not",
					t.Name, i+1, t.Measures[column], sign)
			}
		}
	}
	return nil
}

// hidden returns the positions of the hidden cells as [row, column]. Rows and columns are counted from 0 at the first
// number of the table, without the heading and the names of rows.
func (t releaseTable) hidden() [][2]int {
	cells := [][2]int{}
	for i, row := range t.Rows {
		for column, hidden := range row.Hidden {
			if hidden {
				cells = append(cells, [2]int{i, column})
			}
		}
	}
	return cells
}

// longTable returns the summary as a table with one number to a line, in the last column.
func longTable(summary []byte, info releaseInfo) (releaseTable, error) {
	t := releaseTable{Name: "tables", Title: "The numbers of all tables, one to a line, with their provenance."}
	lines, err := csv.NewReader(bytes.NewReader(summary)).ReadAll()
	if err != nil {
		return t, fmt.Errorf("-release: the summary is not CSV: %w", err)
	}
	if len(lines) == 0 || len(lines[0]) < 2 {
		return t, errors.New("-release: the summary has no columns")
	}
	t.Head, t.Measures = lines[0][:1], lines[0][1:]
	for _, line := range lines[1:] {
		row := releaseRow{Names: line[:1], Values: line[1:], Hidden: make([]bool, len(line)-1)}
		row.Hidden[len(row.Hidden)-1] = line[len(line)-1] == info.sign()
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}
