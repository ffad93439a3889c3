package program

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"hesopmatch/codelist"
	"hesopmatch/hesop"
	"hesopmatch/match"
)

// Inputs are the files of appointments and the options that say how they are read, the
// same in every program.
type Inputs struct {
	Paths     []string
	Fields    string
	Primary   bool
	Workers   int
	Block     int // bytes that a worker takes, 0 for the default; only tests set it
	SkipBad   bool
	Progress  string // "auto" or "lines"
	Delimiter byte   // 0 if it is to be found
	Header    string
	RawWidth  int      // 0 if not stated
	Renames   []string // FROM=TO, as the command line has them

	lacks    map[string][]string // those of Renames whose column an input lacks and another one has, by path
	Optional bool                // there may be no paths

	// Needs returns the columns that a command reads beside those of codes, and false for all. It is nil for all.
	Needs func(*hesop.Reader) (names []string, ok bool)
}

// mostDefault is the most workers that are not asked for: with more the output is what
// the rest waits for, and others may be at work on the machine.
const mostDefault = 8

// Register adds the options to fs.
func (in *Inputs) Register(fs *Flags) {
	in.RegisterColumns(fs)
	fs.Word("progress", &in.Progress)
	fs.Int("workers", &in.Workers)
	in.Workers = min(runtime.GOMAXPROCS(0), mostDefault)
	fs.Switch("skip-bad-rows", &in.SkipBad)
}

// RegisterColumns adds those of the options to fs that say which columns there are, and which hold codes of which form.
func (in *Inputs) RegisterColumns(fs *Flags) {
	fs.Word("fields", &in.Fields)
	fs.Switch("primary", &in.Primary)
	fs.Func("delimiter", in.setDelimiter)
	fs.Text("header", &in.Header)
	fs.Func("raw-width", in.setRawWidth)
	fs.Func("rename", in.addRename)
}

func (in *Inputs) setDelimiter(arg string) error {
	switch {
	case arg == "tab", arg == `\t`:
		in.Delimiter = '\t'
	case len(arg) == 1 && ' ' < arg[0] && arg[0] < 0x7F && arg[0] != '"' && !isLetterOrDigit(arg[0]):
		in.Delimiter = arg[0]
	default:
		return errors.New("must be tab, or one character other than a letter, digit, space or quote")
	}
	return nil
}

func (in *Inputs) setRawWidth(arg string) error {
	if arg != "4" && arg != "6" {
		return errors.New("must be 4 or 6")
	}
	in.RawWidth = int(arg[0] - '0')
	return nil
}

// addRename takes a FROM=TO.
func (in *Inputs) addRename(arg string) error {
	rename, ok := renameOf(arg)
	if !ok {
		return errors.New("must be FROM=TO")
	}
	opts := []hesop.Option{}
	for _, before := range in.Renames {
		one, _ := renameOf(before)
		opts = append(opts, one)
	}
	// The options are tried on a file without columns, which is an error of another kind.
	if _, err := hesop.NewReader(strings.NewReader(""), append(opts, rename)...); errors.Is(err, hesop.ErrOption) {
		return FlagError(err)
	}
	in.Renames = append(in.Renames, arg)
	return nil
}

// renameOf is the option that FROM=TO stands for.
func renameOf(arg string) (hesop.Option, bool) {
	cut := strings.LastIndexByte(arg, '=')
	if cut < 0 {
		return nil, false
	}
	return hesop.Rename(arg[:cut], arg[cut+1:]), true
}

func isLetterOrDigit(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// Check finds what is wrong with what the command line says of the inputs.
func (in *Inputs) Check() error {
	switch {
	case len(in.Paths) == 0 && !in.Optional:
		return Usage("no input: name a file of appointments, or - for standard input")
	case in.Workers < 1 || in.Workers > match.MaxWorkers:
		return Usage("-workers %d: must be 1 to %d", in.Workers, match.MaxWorkers)
	}
	stdin := false
	for _, path := range in.Paths {
		if path == "-" && stdin {
			return Usage("standard input (-) is named twice")
		}
		stdin = stdin || path == "-"
	}
	return nil
}

// Files are the files that are read: the inputs, and that of the names.
func (in *Inputs) Files() []string {
	files := []string{in.Header}
	for _, path := range in.Paths {
		if path != "-" {
			files = append(files, path)
		}
	}
	return files
}

// Written are the files that a command is to write and those that it reads; "" is none.
type Written struct{ Written, Read []string }

// Check fails if the command line names a file that is to be written once more. options are
// those that name the files to be written, in their order.
func (w Written) Check(options ...string) error {
	written, other, found := w.twice(func(a, b string) bool { return filepath.Clean(a) == filepath.Clean(b) })
	if !found {
		return nil
	}
	path := Plain(w.Written[written])
	if other < len(w.Read) {
		return Usage("%s would be overwritten: %s names it, and it is read: name another file", path, options[written])
	}
	return Usage("%s would be overwritten: %s and %s both name it: name two files", path, options[other-len(w.Read)],
		options[written])
}

// CheckFiles finds what only the files show: one that is to be written and is also
// read, under another name.
func (w Written) CheckFiles() error {
	for _, path := range w.Written {
		if err := checkRelease(path); err != nil {
			return err
		}
	}
	written, other, found := w.twice(SameFile)
	if !found {
		return nil
	}
	paths := slices.Concat(w.Read, w.Written)
	return fmt.Errorf("%s would be written, but leads to the same file as %s, which is also read or written: name "+
		"another file",
		Plain(w.Written[written]), Plain(paths[other]))
}

// twice returns the number of a path that is to be written and that of another one that is the
// same, among those that are read and then those that are written.
func (w Written) twice(same func(a, b string) bool) (written, other int, found bool) {
	others := slices.Clone(w.Read)
	for i, path := range w.Written {
		for j, one := range others {
			if path != "" && path != "-" && one != "" && one != "-" && same(path, one) {
				return i, j, true
			}
		}
		others = append(others, path)
	}
	return -1, -1, false
}

// Stat returns the size of all inputs, 0 if it is not known, and those of them that are regular
// files. A missing file, a folder and a file that is named twice are errors, so that they stop a
// long run before it starts.
func (in *Inputs) Stat() (size int64, regular []string, err error) {
	known := true
	var infos []os.FileInfo // of the regular ones
	for _, path := range in.Paths {
		if path == "-" {
			known = false
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			return 0, nil, cannotRead("input", path, "", err)
		}
		if info.IsDir() {
			return 0, nil, fmt.Errorf("%s: is a directory", path)
		}
		if !info.Mode().IsRegular() {
			known = false
			continue
		}
		size += info.Size()
		regular, infos = append(regular, path), append(infos, info)
	}
	if !known {
		size = 0
	}
	return size, regular, checkTwice(regular, infos)
}

// Name is what messages call an input.
func Name(path string) string {
	if path == "-" {
		return "standard input"
	}
	return Plain(path)
}

// options are what the reader of an input is opened with.
func (in *Inputs) options(path string, onSkip func(error)) ([]hesop.Option, error) {
	of := *in
	of.Renames = slices.DeleteFunc(slices.Clone(in.Renames), func(arg string) bool {
		return slices.Contains(in.lacks[path], arg)
	})
	opts := append(of.ColumnOptions(), hesop.FileName(Name(path)))
	if in.Delimiter != 0 {
		opts = append(opts, hesop.Delimiter(in.Delimiter))
	}
	if in.SkipBad {
		opts = append(opts, hesop.SkipBadRows(onSkip))
	}
	if in.Header != "" {
		names, err := ReadNames(in.Header, "-header")
		if err != nil {
			return nil, err
		}
		opts = append(opts, hesop.Names(names...))
	}
	return opts, nil
}

// ColumnOptions are what the command line says of columns that are known by their names.
func (in *Inputs) ColumnOptions() []hesop.Option {
	opts := []hesop.Option{hesop.ReadFields(in.fields())}
	if in.RawWidth != 0 {
		opts = append(opts, hesop.RawWidth(in.RawWidth))
	}
	for _, arg := range in.Renames {
		rename, _ := renameOf(arg) // which addRename has checked
		opts = append(opts, rename)
	}
	return opts
}

// NotCodes says of columns that have the names of lists that they are what a run wrote
// for these lists, and no codes.
func NotCodes(lists []*codelist.List) hesop.Option {
	var names []string
	for _, l := range lists {
		names = append(names, l.Name())
	}
	return hesop.NotCodes(names...)
}

// IsCodeColumn reports whether a reader takes a column of that name for codes.
func IsCodeColumn(name string) bool {
	_, err := hesop.NewReader(strings.NewReader(""), hesop.Names(name))
	return err == nil
}

func (in *Inputs) fields() hesop.Fields {
	switch in.Fields {
	case "positional":
		return hesop.PositionalFields
	case "concat":
		return hesop.ConcatenatedFields
	default:
		return hesop.AllFields
	}
}

// ReadNames reads the names of columns from a file that an option names.
func ReadNames(path, option string) ([]string, error) {
	file, err := Open("file of names", path, option)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	names, err := hesop.ReadNames(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, FlagError(err))
	}
	return names, nil
}

// Open opens an input. Its bytes are counted by p, unless that is nil, and written to
// each of sums, which are hashes, as they are read.
func (in *Inputs) Open(path string, stdin io.Reader, p *Progress, sum io.Writer, more ...hesop.Option) (*Input, error) {
	one := &Input{Path: path}
	opts, err := in.options(path, func(err error) { one.Skipped.add(FlagError(err, Name(path))) })
	if err != nil {
		return nil, err
	}
	source := stdin
	if path != "-" {
		if one.file, err = os.Open(path); err != nil {
			return nil, err
		}
		source = one.file
		if isParquet(one.file) {
			if err = one.openParquet(p, sum, in.Needs, append(opts, more...)); err != nil {
				_ = one.Close() // the file was only read
				return nil, FlagError(err, Name(path))
			}
			return one, nil
		}
	}
	file, _ := source.(*os.File)
	switch {
	case sum != nil:
		source = countingReader{io.TeeReader(source, sum), p, file}
	case one.file != nil && p != nil:
		if source, err = countingFile(one.file, p); err != nil {
			return nil, errors.Join(err, one.Close())
		}
	case p != nil:
		source = countingReader{source, p, file}
	}
	if one.Reader, err = hesop.NewReader(source, append(opts, more...)...); err != nil {
		_ = one.Close() // the file was only read
		return nil, FlagError(notStreamed(path, err), Name(path))
	}
	one.Whole = one.Reader
	return one, nil
}
