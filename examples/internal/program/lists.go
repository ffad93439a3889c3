package program

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"hesopmatch/codelist"
)

// Lists are the options that name codelists and say how they are read, the same
// in every program.
type Lists struct {
	files []listFile

	Descendants   string
	Lenient       bool
	AllowBroad    bool
	AllowRemovals bool
	ExcludeColumn string
	CodeColumn    string
}

// listFile is one codelist as the command line names it.
type listFile struct {
	name, path string
	system     codelist.System // 0 if the file says it
}

// Register adds the options to fs.
func (l *Lists) Register(fs *flag.FlagSet) {
	for _, kind := range []struct {
		option string
		system codelist.System
		says   string
	}{
		{"icd10", codelist.ICD10, "codelist of ICD-10 `[NAME=]FILE`; may be repeated"},
		{"opcs4", codelist.OPCS4, "codelist of OPCS-4 `[NAME=]FILE`; may be repeated"},
		{"codelist", 0, "codelist that states its coding system itself, `[NAME=]FILE`; may be repeated"},
	} {
		fs.Func(kind.option, kind.says, func(arg string) error { return l.add(arg, kind.system) })
	}
	l.Descendants = codelist.Auto.String()
	fs.Var(OneOf{[]string{"auto", "always", "never"}, &l.Descendants}, "descendants",
		"what a bare category covers: its descendants `auto|always|never` (auto: unless the list names some of them)")
	fs.BoolVar(&l.Lenient, "lenient", false, "go on without the rows of a codelist that are rejected")
	fs.BoolVar(&l.AllowBroad, "allow-broad", false, "accept prefixes of one and two characters")
	fs.BoolVar(&l.AllowRemovals, "allow-removals", false, "read the rows of a list with a column reason_for_removal as entries")
	fs.StringVar(&l.ExcludeColumn, "exclude-column", "", "`NAME` of the column that tells exclusions from inclusions")
	fs.StringVar(&l.CodeColumn, "code-column", "", "`NAME` of the column of the codes")
}

func (l *Lists) add(arg string, sys codelist.System) error {
	name, path, ok := strings.Cut(arg, "=")
	if !ok {
		path = arg
		name = filepath.Base(path)
		if stem := strings.TrimSuffix(name, filepath.Ext(name)); stem != "" {
			name = stem
		}
	}
	if name == "" || path == "" {
		return errors.New("must be FILE or NAME=FILE")
	}
	l.files = append(l.files, listFile{name, path, sys})
	return nil
}

// Paths are the files of the lists, in the order of the command line.
func (l *Lists) Paths() []string {
	paths := make([]string, len(l.files))
	for i, f := range l.files {
		paths[i] = f.path
	}
	return paths
}

// System is the coding system that the option of list i states, "" if the file is
// to state it.
func (l *Lists) System(i int) string {
	if sys := l.files[i].system; sys.IsValid() {
		return sys.String()
	}
	return ""
}

// Check fails if the command line names no list.
func (l *Lists) Check() error {
	if len(l.files) == 0 {
		return Usage("no codelist: name one with -icd10, -opcs4 or -codelist")
	}
	return nil
}

// Load reads the lists, in the order of the command line.
func (l *Lists) Load() ([]*codelist.List, error) {
	seen := make(map[string]string) // files by name of the list, in any case
	lists := make([]*codelist.List, 0, len(l.files))
	for _, f := range l.files {
		key := strings.ToLower(f.name)
		if other, twice := seen[key]; twice {
			return nil, fmt.Errorf("two lists of one name, %q: %s and %s; name them NAME=FILE", f.name, other, f.path)
		}
		seen[key] = f.path
		list, err := l.load(f)
		if err != nil {
			return nil, err
		}
		lists = append(lists, list)
	}
	return lists, nil
}

func (l *Lists) load(f listFile) (*codelist.List, error) {
	file, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	opts := []codelist.Option{codelist.FromFile(f.path), codelist.WithPolicy(l.policy())}
	if f.system.IsValid() {
		opts = append(opts, codelist.InSystem(f.system))
	}
	if l.Lenient {
		opts = append(opts, codelist.Lenient())
	}
	if l.AllowBroad {
		opts = append(opts, codelist.AllowBroad())
	}
	if l.AllowRemovals {
		opts = append(opts, codelist.AllowRemovals())
	}
	if l.ExcludeColumn != "" {
		opts = append(opts, codelist.ExcludeColumn(l.ExcludeColumn))
	}
	if l.CodeColumn != "" {
		opts = append(opts, codelist.CodeColumn(l.CodeColumn))
	}
	return codelist.Parse(f.name, file, opts...)
}

func (l *Lists) policy() codelist.Policy {
	for _, p := range []codelist.Policy{codelist.Always, codelist.Never} {
		if l.Descendants == p.String() {
			return p
		}
	}
	return codelist.Auto
}
