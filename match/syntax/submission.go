package syntax

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/internal/plural"
)

// ErrSubmission is the error for a codelist that has no submission form: rows cannot be added to its file, or the added
// rows would change what the list covers. A *codelist.FileError wraps it.
var ErrSubmission = errors.New("no submission form")

// Submission is a codelist in the form in which its author submits it to a data provider whose program compares texts.
// It is the original file with a row added for each text that the program would otherwise miss: I10X for I10, and E11X
// and E110 to E119 for E11.
//
//	data, err := os.ReadFile("diabetes.csv")
//	s, err := syntax.NewSubmission("diabetes.csv", data, []codelist.Option{codelist.CodingSystem(coding.ICD10)})
//	fmt.Println(s) // what was added
//	err = os.WriteFile("diabetes_submission.csv", s.File, 0o644)
//
// A subcategory that the list covers completely has one text of four characters, such as M051. Where the list covers
// only some codes of five characters in a subcategory, each of these codes has its own text.
//
// The texts suit columns of four or more characters. In a column of three characters, such as diag_3_01, E11 represents
// its whole family. The method Notices names the texts for which that matters.
type Submission struct {
	File  []byte // the file with the added rows
	Rows  int    // number of added rows
	Texts int    // number of texts that the provider's program needs, whether the original file had them or not
	Codes int    // number of codes with these texts: I10 and I10X are one code

	name    string
	present int // texts that the original file has
	notices []codelist.Notice
}

// SubmissionOption is an option of NewSubmission.
type SubmissionOption func(*submitter)

// SubmissionDots also adds each text of four or more characters with its dot: E11.9 in addition to E119.
func SubmissionDots() SubmissionOption { return func(s *submitter) { s.dots = true } }

// SubmissionGroups names the column that codelist.ParseGroups reads: each value in the column is a separate list. A row
// added for a list holds the value of that list in the column.
func SubmissionGroups(column string) SubmissionOption {
	return func(s *submitter) { s.column = column }
}

// NewSubmission reads a codelist as codelist.Parse does and adds the rows. Pass the name of the list or of its file,
// and the options of Parse.
//
// The row for a code goes to the end of the table that holds the entry covering that code. In a text file, the row has
// the encoding, delimiter, quotes and line ends of the file. In a workbook, the row goes to the end of the sheet that
// holds that entry, and every other part of the archive keeps its bytes.
//
// An added row holds the code, and the coding system and signs from the row of that entry. The column of terms, if
// there is one, says that hesopmatch added the row. All other cells are empty. No original row changes.
//
// NewSubmission then reads the new file with the same options. It fails with ErrSubmission if the new file does not
// cover the same codes as the original. If the original cannot be read, it fails with the error of codelist.Parse. A
// Submission holds the whole file in memory.
func NewSubmission(
	name string, source []byte, read []codelist.Option, opts ...SubmissionOption,
) (*Submission, error) {
	s := &submitter{name: name, read: read, source: source}
	for i, opt := range opts {
		if opt == nil {
			return nil, fmt.Errorf("%w: option %d of NewSubmission is nil", codelist.ErrOption, i)
		}
		opt(s)
	}
	lists, err := s.parse(source)
	if err != nil {
		return nil, err
	}
	for _, l := range lists {
		s.lists = append(s.lists, newSubmitted(l, s.dots))
	}
	file, err := s.complete()
	if err != nil {
		return nil, err
	}
	return s.submission(file), nil
}

// submitter builds a Submission.
type submitter struct {
	name   string
	read   []codelist.Option
	source []byte
	dots   bool
	column string // the column of groups, "" for none
	lists  []*submitted
	signed bool // the workbook has a digital signature, which the added rows break
}

// parse reads a file with the caller's options.
func (s *submitter) parse(file []byte) ([]*codelist.List, error) {
	if s.column != "" {
		lists, _, err := codelist.ParseGroups(s.name, bytes.NewReader(file), s.column, s.read...)
		return lists, err
	}
	l, err := codelist.Parse(s.name, bytes.NewReader(file), s.read...)
	return []*codelist.List{l}, err
}

// report returns the report on the original file.
func (s *submitter) report() codelist.Report { return s.lists[0].list.Report() }

// fail returns an error about a location in the file.
func (s *submitter) fail(sheet string, line int, format string, args ...any) error {
	return &codelist.FileError{
		File: s.report().File, Sheet: sheet, Line: line, Err: ErrSubmission, Detail: fmt.Sprintf(format, args...),
	}
}

// complete adds the rows and reads the new file. It repeats this until the new file covers the same codes as the
// original. If an added bare category reads as its whole family, a code is added that makes the category stand for
// itself alone. If that fails, the category is omitted.
func (s *submitter) complete() ([]byte, error) {
	if len(s.lists) == 0 {
		return s.source, nil // AllowEmpty
	}
	for {
		file, err := s.add()
		if err != nil {
			return nil, err
		}
		again, err := s.parse(file)
		if err != nil {
			return nil, s.unreadable(err)
		}
		if len(again) != len(s.lists) {
			return nil, s.fail("", 0, "with the added rows, the file reads as %s, not %d",
				plural.Count(len(again), "list"), len(s.lists))
		}
		settled, same := true, true
		for i, l := range s.lists {
			if again[i].Name() == l.list.Name() && again[i].Fingerprint() == l.list.Fingerprint() {
				continue
			}
			same = false
			settled = l.settle(again[i]) && settled
		}
		switch {
		case same:
			return file, nil
		case !settled:
			return nil, s.differs(again[0].Report())
		}
	}
}

// differs returns the error for a file that, with the added rows, would cover other codes than before.
func (s *submitter) differs(again codelist.Report) error {
	type row struct {
		raw     string
		verdict codelist.Verdict
		reason  string
	}
	with := make(map[row]int)
	for out := range again.Outcomes() {
		with[row{out.Raw, out.Verdict, out.Reason}]++
	}
	for out := range s.report().Outcomes() {
		key := row{out.Raw, out.Verdict, out.Reason}
		if with[key]--; with[key] < 0 && out.Verdict == codelist.Rejected {
			return s.fail(out.Pos.Sheet, out.Pos.Line, "with the added rows, this rejected row (%s) "+
				"would be read differently and change the covered codes; take the row out", out.Reason)
		}
	}
	return s.fail("", 0, "with the added rows, the file would cover other codes than before; write the codes to a "+
		"separate file, one a line")
}

// unreadable returns the error for a file that, with the added rows, cannot be read.
func (s *submitter) unreadable(err error) error {
	rejected, ok := errors.AsType[*codelist.RejectedError](err)
	if !ok {
		for out := range s.report().Outcomes() {
			if out.Verdict == codelist.Rejected { // the row may have become the header of a second table
				return s.fail(out.Pos.Sheet, out.Pos.Line, "with the added rows, the file cannot be read (%v); "+
					"take out this rejected row (%s)", err, out.Reason)
			}
		}
		return s.fail("", 0, "with the added rows, the file cannot be read: %v", err)
	}
	row := rejected.Rows[0]
	settle := "take the row out"
	if strings.HasPrefix(row.Reason, "range ") {
		settle = "with HeadingRows(ExpandHeadings) the file is read as the same list with or without the added rows"
	}
	return s.fail(row.Pos.Sheet, row.Pos.Line, "with the added rows, this row is rejected (%s); %s", row.Reason, settle)
}

// add returns the file with the missing rows of all lists.
func (s *submitter) add() ([]byte, error) {
	var rows []submittedRow
	for _, l := range s.lists {
		rows = append(rows, l.rows()...)
	}
	if len(rows) == 0 {
		return s.source, nil
	}
	report := s.report()
	places := make(map[int][]submittedRow) // by table
	for _, t := range report.Tables {
		if s.column != "" && slices.Contains(t.Codes, t.Group) {
			return nil, s.fail(t.Sheet, t.Line, "%q is a column of codes: each added text would become a list of its "+
				"own", s.column)
		}
	}
	for _, row := range rows {
		t := slices.IndexFunc(report.Tables, func(t codelist.TableReport) bool { return t.Sheet == row.at.Sheet })
		for t+1 < len(report.Tables) && report.Tables[t+1].Sheet == row.at.Sheet &&
			report.Tables[t+1].Line <= row.at.Line {
			t++
		}
		places[t] = append(places[t], row)
	}
	if report.Encoding == "Excel workbook" {
		return s.addToWorkbook(report.Tables, places)
	}
	return s.addToText(report.Tables, places)
}

// isJSONList reports whether the text of a codelist is JSON.
func isJSONList(text []byte) bool {
	start := bytes.TrimLeft(text, " \t\r\n")
	return len(start) > 0 && (start[0] == '{' || start[0] == '[') && json.Valid(text)
}

// submission returns the Submission for a file, with its counts and notices.
func (s *submitter) submission(file []byte) *Submission {
	made := &Submission{File: file, name: s.name}
	if len(s.lists) == 0 {
		return made
	}
	made.name = s.report().File
	var marked, left, cut, long []coding.Prefix
	excluded, rejected := 0, 0
	for _, l := range s.lists {
		made.Rows += len(l.rows())
		made.Texts += l.texts
		made.Codes += l.codes
		made.present += l.present
		cut, long = append(cut, l.cut...), append(long, l.long...)
		excluded += l.excluded
		rejected += l.list.Report().Count(codelist.Rejected)
		for category, state := range l.bare {
			switch state {
			case bareMarked:
				marked = append(marked, category)
			case bareLeft:
				left = append(left, category)
			case bareAdded:
			}
		}
	}
	note := func(level codelist.Level, format string, args ...any) {
		text := made.name + ": " + fmt.Sprintf(format, args...)
		made.notices = append(made.notices, codelist.Notice{Level: level, Text: text})
	}
	if excluded > 0 {
		note(codelist.LevelWarning, "%s of the file exclude codes and are still in it: a program that compares texts "+
			"must not use them; no row was added for what they exclude", plural.Count(excluded, "row"))
	}
	if rejected > 0 {
		note(codelist.LevelWarning, "no row was added for %s of the file that Parse rejects",
			plural.Count(rejected, "row"))
	}
	if len(left) > 0 {
		note(codelist.LevelWarning, "%s not added in the form without filler (%s), which in this file would also "+
			"stand for the descendants; if the data hold that form, ask the provider for it separately",
			plural.Count(len(left), "category"), firstPrefixes(left))
	}
	if s.signed {
		note(codelist.LevelWarning, "the added rows invalidate the digital signature of the workbook: sign it again")
	}
	if len(marked) > 0 {
		note(codelist.LevelNote, "%s added without filler (%s), each together with its five-character code ending "+
			"in X0, so that the category does not stand for its descendants; the list covers that code, and data "+
			"rarely hold such a code",
			plural.Count(len(marked), "category"), firstPrefixes(marked))
	}
	if len(cut) > 0 {
		note(codelist.LevelNote, "in a column that truncates codes to the length of the text, %s (%s) would match "+
			"more than the list does",
			plural.Count(len(cut), "text"), firstPrefixes(cut))
	}
	if len(long) > 0 {
		note(codelist.LevelNote, "%s of five characters (%s) that columns of four cannot hold",
			plural.Count(len(long), "text"), firstPrefixes(long))
	}
	return made
}

// firstPrefixes lists the first five prefixes in order.
func firstPrefixes(all []coding.Prefix) string {
	const most = 5
	slices.Sort(all)
	texts := make([]string, 0, most+1)
	for i, p := range all {
		if i == most {
			texts = append(texts, "...")
			break
		}
		texts = append(texts, p.String())
	}
	return strings.Join(texts, ", ")
}

// Notices returns the warnings, and then the notes, for the author of the file.
func (s *Submission) Notices() []codelist.Notice { return slices.Clone(s.notices) }

// String summarises what was added: "list.csv: 12 rows added: 1 code has 14 texts, 2 present already".
func (s *Submission) String() string {
	has := "have"
	if s.Codes == 1 {
		has = "has"
	}
	return fmt.Sprintf("%s: %s added: %s %s %s, %d present already", s.name, plural.Count(s.Rows, "row"),
		plural.Count(s.Codes, "code"), has, plural.Count(s.Texts, "text"), s.present)
}
