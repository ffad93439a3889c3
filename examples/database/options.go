package main

import (
	"errors"
	"flag"
	"fmt"
	"io"

	"hesopmatch/codelist"
	"hesopmatch/codelist/coding"
	"hesopmatch/match"
)

const synopsis = "database [-driver sqlite|postgres] -dsn DSN -query SQL -icd10 FILE | -opcs4 FILE | -codelist FILE ..."

// options holds the command line.
type options struct {
	driver, dsn, query string
	lists              []listFile
}

// listFile is a codelist that the command line names.
type listFile struct {
	path   string
	system coding.System // 0 if the file must state it
}

// drivers maps each value of -driver to a name in database/sql.
func drivers() map[string]string { return map[string]string{"sqlite": "sqlite", "postgres": "pgx"} }

// parseOptions parses the command line. Help goes to stderr.
func parseOptions(args []string, stderr io.Writer) (*options, error) {
	o := &options{}
	driver := "sqlite"
	fs := flag.NewFlagSet("database", flag.ContinueOnError)
	fs.StringVar(&driver, "driver", driver, "kind of database, `sqlite|postgres`")
	fs.StringVar(&o.dsn, "dsn", "", "`DSN` of the database, as its driver reads it")
	fs.StringVar(&o.query, "query", "", "`SQL` that selects the appointments")
	fs.Func("icd10", "ICD-10 codelist `FILE`; may be repeated", o.adder(coding.ICD10))
	fs.Func("opcs4", "OPCS-4 codelist `FILE`; may be repeated", o.adder(coding.OPCS4))
	fs.Func("codelist", "codelist `FILE` that states its coding system itself; may be repeated", o.adder(0))
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	err := fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(stderr, "usage: %s\n\n", synopsis)
		fs.SetOutput(stderr)
		fs.PrintDefaults()
	}
	if err != nil {
		return nil, err
	}
	o.driver = drivers()[driver]
	switch {
	case fs.NArg() > 0:
		return nil, errors.New("unexpected argument: put SQL in quotes")
	case o.driver == "":
		return nil, fmt.Errorf("-driver %q: must be sqlite or postgres", driver)
	case o.dsn == "":
		return nil, errors.New("no database: name it with -dsn")
	case o.query == "":
		return nil, errors.New("no query: give it with -query")
	case len(o.lists) == 0:
		return nil, errors.New("no codelist: name one with -icd10, -opcs4 or -codelist")
	}
	return o, nil
}

// adder returns a function that adds the codelist at a path, with the given coding system.
func (o *options) adder(system coding.System) func(string) error {
	return func(path string) error {
		o.lists = append(o.lists, listFile{path, system})
		return nil
	}
}

// compile reads the codelists and compiles them in the order of the command line.
func (o *options) compile() (*match.Matcher, error) {
	lists := make([]*codelist.List, len(o.lists))
	for i, f := range o.lists {
		var err error
		if lists[i], err = f.read(); err != nil {
			return nil, err
		}
		for _, other := range lists[:i] {
			if other.Name() == lists[i].Name() {
				return nil, fmt.Errorf("two lists have the name %q: rename a file", other.Name())
			}
		}
	}
	return match.Compile(lists...)
}

// read reads the codelist, which is named after its file.
func (f listFile) read() (*codelist.List, error) {
	return codelist.Open(f.path, codelist.CodingSystem(f.system))
}
