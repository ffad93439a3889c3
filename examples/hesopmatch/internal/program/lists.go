package program

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/codelist/xlsx"
	"hesopmatch/match"
)

// Lists are the codelists and the options for reading them, the same in every command.
type Lists struct {
	files []ListFile

	Descendants   string
	Headings      string
	Lenient       bool
	AllowBroad    bool
	AllowRemovals bool
	ExcludeColumn string
	CodeColumn    string
	Group         string
	Sheet         string
	SystemColumn  string
	ExcludeWhen   string
	HeaderRow     int

	flags *Flags // the options of the command line
}

// ListFile is one codelist as the command line names it.
type ListFile struct {
	Name, Path string
	System     coding.System // 0 if the file must state it
	option     string        // the option that named the file, "" for none
	isNamed    bool          // whether NAME= named the list
}

// names returns the path of the file and the name of its list. Messages may contain either.
func (f ListFile) names() []string { return []string{f.Path, f.Name} }

// flagError returns FlagError for an error that may name any of the lists.
func (l *Lists) flagError(err error) error {
	var names []string
	for _, f := range l.files {
		names = append(names, f.names()...)
	}
	return FlagError(err, names...)
}

// Loaded holds the lists of one file that the command line names.
type Loaded struct {
	ListFile
	Lists []*codelist.List // one, or one for each group under -group
	Rest  codelist.Report  // the report on the rows in groups that made no list
	// Unsigned is the note about a file that lacks the column of -exclude-column. It is "" for any other file.
	Unsigned string
}

// Register adds the options to fs.
func (l *Lists) Register(fs *Flags) {
	l.flags = fs
	for option, system := range map[string]coding.System{"icd10": coding.ICD10, "opcs4": coding.OPCS4, "codelist": 0} {
		fs.Func(option, func(arg string) error { return l.add(arg, system, "-"+option) })
	}
	fs.Word("descendants", &l.Descendants)
	fs.Word("headings", &l.Headings)
	fs.Switch("lenient", &l.Lenient)
	fs.Switch("allow-broad", &l.AllowBroad)
	fs.Switch("allow-removals", &l.AllowRemovals)
	fs.Text("exclude-column", &l.ExcludeColumn)
	fs.Text("exclude-when", &l.ExcludeWhen)
	fs.Text("system-column", &l.SystemColumn)
	fs.Int("header-row", &l.HeaderRow)
	fs.Text("code-column", &l.CodeColumn)
	fs.Text("group", &l.Group)
	fs.Text("sheet", &l.Sheet)
}

// Add adds a codelist that is given without an option. The file must state its coding system itself.
func (l *Lists) Add(arg string) error { return l.add(arg, 0, "") }

// add adds a codelist from an argument FILE or NAME=FILE.
func (l *Lists) add(arg string, sys coding.System, option string) error {
	name, path, ok := strings.Cut(arg, "=")
	if !ok || !isThere(path) && isThere(arg) { // a file may have = in its name
		ok, path = false, arg
		name = listName(path)
	}
	if name == "" || path == "" {
		return errors.New("must be FILE or NAME=FILE")
	}
	if option != "" && len(path) > 1 && path[0] == '-' {
		return fmt.Errorf("looks like an option, and %s needs a FILE (%s for one of that name)", option, "./"+path)
	}
	l.files = append(l.files, ListFile{name, path, sys, option, ok})
	return nil
}

// isThere reports whether a path leads to a file or folder.
func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// listName returns the default name of a list: its file name without folder and extension.
func listName(path string) string {
	name := filepath.Base(path)
	if stem := strings.TrimSuffix(name, filepath.Ext(name)); stem != "" {
		return stem
	}
	return name
}

// Files returns the codelists in the order of the command line.
func (l *Lists) Files() []ListFile { return l.files }

// Paths returns the paths of the codelists in the order of the command line.
func (l *Lists) Paths() []string {
	paths := make([]string, len(l.files))
	for i, f := range l.files {
		paths[i] = f.Path
	}
	return paths
}

// Check fails if the command line names no list, or if CheckOptions fails.
func (l *Lists) Check() error {
	if len(l.files) == 0 {
		return Usage("no codelist: name one with -icd10, -opcs4 or -codelist")
	}
	return l.CheckOptions()
}

// isGiven reports whether the command line has an option.
func (l *Lists) isGiven(name string) bool { return l.flags != nil && l.flags.Given(name) }

// CheckOptions fails if an option for lists is wrong, or contradicts another.
func (l *Lists) CheckOptions() error {
	switch {
	case slices.Contains(l.Paths(), "-"):
		return Usage("a codelist is a file: standard input (-) is not read")
	case l.HeaderRow < 0, l.HeaderRow == 0 && l.isGiven("header-row"):
		return Usage("-header-row %d: must be 1 or more", l.HeaderRow)
	case l.ExcludeWhen == "" && l.isGiven("exclude-when"):
		return Usage("-exclude-when is empty: give the value that excludes")
	case l.ExcludeWhen != "" && (l.ExcludeColumn == "" || l.ExcludeColumn == "none"):
		return Usage("-exclude-when needs the column that holds the value: -exclude-column NAME")
	}
	return nil
}

// Load reads the lists in the order of the command line. It fails if two lists have the same name, ignoring case.
func (l *Lists) Load() ([]Loaded, error) {
	seen := make(map[string]string) // the file of each list, by the list's name in lower case
	claim := func(name, path, settle string) error {
		key := strings.ToLower(name)
		if other, twice := seen[key]; twice {
			return fmt.Errorf("two lists have the same name, %q: %s and %s; %s", name, other, path, settle)
		}
		seen[key] = path
		return nil
	}
	all := make([]Loaded, 0, len(l.files))
	for _, f := range l.files {
		if l.Group == "" {
			if err := claim(f.Name, f.Path, "give one of them another name: NAME=FILE"); err != nil {
				return nil, err
			}
		}
		loaded, err := l.Read(f)
		if err != nil {
			return nil, err
		}
		if l.Group != "" {
			for _, list := range loaded.Lists {
				advice := fmt.Sprintf("values of -group %s must differ in more than case, even across files", l.Group)
				if err := claim(list.Name(), f.Path, advice); err != nil {
					return nil, err
				}
			}
		}
		all = append(all, loaded)
	}
	return all, nil
}

// Compile reads the lists and compiles them, in the order of the command line. If primary is set, the Matcher matches
// codes in the first position only.
func (l *Lists) Compile(primary bool) (loaded []Loaded, lists []*codelist.List, m *match.Matcher, err error) {
	if loaded, err = l.Load(); err != nil {
		return nil, nil, nil, err
	}
	for _, file := range loaded {
		lists = append(lists, file.Lists...)
	}
	if m, err = match.Compile(lists...); errors.Is(err, match.ErrNoInclusion) {
		return nil, nil, nil, fmt.Errorf("%w; add what they are exclusions from, or leave the list out",
			l.flagError(err))
	} else if err != nil {
		return nil, nil, nil, l.flagError(err)
	}
	if primary {
		m = m.PrimaryOnly()
	}
	return loaded, lists, m, nil
}

// Read reads one codelist. It applies the options of the command line, and after them the given ones. If the file lacks
// the column of -exclude-column and another file has it, all rows of this file are inclusions.
func (l *Lists) Read(f ListFile, more ...codelist.Option) (Loaded, error) {
	loaded, err := l.read(f, more...)
	if !lacksSigns(err) || !slices.ContainsFunc(l.files, func(other ListFile) bool {
		_, err := l.read(other)
		return err == nil
	}) {
		return loaded, err
	}
	unsigned := *l
	unsigned.ExcludeColumn, unsigned.ExcludeWhen = "", ""
	loaded, err = unsigned.read(f, more...)
	loaded.Unsigned = fmt.Sprintf("%s has no column %q (-exclude-column), so all its rows are inclusions",
		Plain(f.Path), l.ExcludeColumn)
	return loaded, err
}

// lacksSigns reports whether an error means that a file lacks the column of -exclude-column.
func lacksSigns(err error) bool {
	return errors.Is(err, codelist.ErrNoColumn) && strings.Contains(err.Error(), "(-exclude-column)")
}

// read reads one codelist. It applies the options of the command line, and after them the given ones.
func (l *Lists) read(f ListFile, more ...codelist.Option) (Loaded, error) {
	loaded := Loaded{ListFile: f}
	file, err := Open("codelist", f.Path, f.option)
	if err != nil {
		return loaded, err
	}
	defer func() { _ = file.Close() }() // it was only read
	opts := append(l.ReadOptions(f), more...)
	if l.Group != "" {
		loaded.Lists, loaded.Rest, err = codelist.ParseGroups(f.Name, file, l.Group, opts...)
		return loaded, FlagError(err, f.names()...)
	}
	list, err := codelist.Parse(f.Name, file, opts...)
	if err == nil {
		loaded.Lists = []*codelist.List{list}
	}
	return loaded, FlagError(err, f.names()...)
}

// ReadOptions returns the options of the command line for reading a list.
func (l *Lists) ReadOptions(f ListFile) []codelist.Option {
	opts := []codelist.Option{
		xlsx.Workbooks(), codelist.FileName(f.Path), codelist.CodingSystem(f.System),
		codelist.CategoryPolicy(l.policy()), codelist.HeadingRows(l.headings()),
		codelist.ExcludeColumn(l.ExcludeColumn), codelist.ExcludeValue(l.ExcludeWhen),
		codelist.CodeColumn(l.CodeColumn), codelist.SystemColumn(l.SystemColumn), codelist.HeaderRow(l.HeaderRow),
		codelist.SheetName(l.Sheet),
	}
	if l.Lenient {
		opts = append(opts, codelist.AllowRejected())
	}
	if l.AllowBroad {
		opts = append(opts, codelist.AllowBroad())
	}
	if l.AllowRemovals {
		opts = append(opts, codelist.AllowRemovals())
	}
	return opts
}

func (l *Lists) policy() codelist.Policy {
	for _, p := range []codelist.Policy{codelist.Always, codelist.Never} {
		if l.Descendants == p.String() {
			return p
		}
	}
	return codelist.Auto
}

func (l *Lists) headings() codelist.Headings {
	for _, h := range []codelist.Headings{codelist.IgnoreHeadings, codelist.ExpandHeadings} {
		if l.Headings == h.String() {
			return h
		}
	}
	return codelist.RejectHeadings
}

// Reports returns the report on the rows that made no list, followed by the reports of all lists of a file.
func (f *Loaded) Reports() []codelist.Report {
	all := []codelist.Report{f.Rest}
	for _, l := range f.Lists {
		all = append(all, l.Report())
	}
	return all
}
