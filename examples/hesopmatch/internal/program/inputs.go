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

// Inputs are the files of appointments and the options for reading them, the same in every command.
type Inputs struct {
	Paths     []string
	Fields    string
	Primary   bool
	Workers   int
	Block     int // bytes in a worker's block, 0 for the default; only tests set it
	SkipBad   bool
	Progress  string // "auto" or "lines"
	Delimiter byte   // 0 to find it
	Header    string
	RawWidth  int      // 0 if not stated
	Renames   []string // FROM=TO, as the command line has them

	lacks    map[string][]string // by input path: the Renames for columns that this input lacks and another has
	Optional bool                // whether Paths may be empty

	// Needs returns the columns that a command reads in addition to the code columns, and false if it reads all
	// columns. A nil Needs reads all columns too.
	Needs func(*hesop.Reader) (names []string, ok bool)
}

// mostDefault limits the default number of workers. More workers would wait for the output, and other users may need
// the machine.
const mostDefault = 8

// Register adds the options to fs.
func (in *Inputs) Register(fs *Flags) {
	in.RegisterColumns(fs)
	fs.Word("progress", &in.Progress)
	fs.Int("workers", &in.Workers)
	in.Workers = min(runtime.GOMAXPROCS(0), mostDefault)
	fs.Switch("skip-bad-rows", &in.SkipBad)
}

// RegisterColumns adds to fs the options that name columns or declare which columns hold codes, and in which form.
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

// addRename adds a rename FROM=TO. It fails if the library refuses the rename together with the earlier ones.
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
	// Try the options on a file without columns. That always fails, but with ErrOption only if an option is wrong.
	if _, err := hesop.NewReader(strings.NewReader(""), append(opts, rename)...); errors.Is(err, hesop.ErrOption) {
		return FlagError(err)
	}
	in.Renames = append(in.Renames, arg)
	return nil
}

// renameOf returns the option for FROM=TO.
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

// Check fails if the options for the inputs are wrong.
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

// Files returns the files that are read: the inputs, and the file of column names.
func (in *Inputs) Files() []string {
	files := []string{in.Header}
	for _, path := range in.Paths {
		if path != "-" {
			files = append(files, path)
		}
	}
	return files
}

// Written holds the paths of the files that a command will write and of the files that it reads. "" means no file.
type Written struct{ Written, Read []string }

// Check fails if the command line names an output twice, or names it as an input too. The arguments are the options
// that name the outputs, in the order of the field Written.
func (w Written) Check(options ...string) error {
	written, other, found := w.twice(func(a, b string) bool { return filepath.Clean(a) == filepath.Clean(b) })
	if !found {
		return nil
	}
	path := Plain(w.Written[written])
	if other < len(w.Read) {
		return Usage("%s would be overwritten: %s names it, and it is also read: name another file", path,
			options[written])
	}
	return Usage("%s would be overwritten: %s and %s both name it: name two files", path, options[other-len(w.Read)],
		options[written])
}

// CheckFiles makes the checks that need the file system. It fails if an output is also read or written under another
// name, or would go into a release.
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

// twice returns the index of an output that is the same file as another path, and the index of that path among the
// inputs followed by the outputs.
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

// Stat returns the total size of the inputs, or 0 if that is unknown, and the paths of the inputs that are regular
// files. It fails for a missing file, a folder, and a file that is named twice, so that such a mistake stops a long run
// before it starts.
func (in *Inputs) Stat() (size int64, regular []string, err error) {
	known := true
	var infos []os.FileInfo // of the regular files
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

// Name returns the name of an input for messages.
func Name(path string) string {
	if path == "-" {
		return "standard input"
	}
	return Plain(path)
}

// options returns the options for the reader of an input.
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

// ColumnOptions returns the options of the command line that apply to columns with known names.
func (in *Inputs) ColumnOptions() []hesop.Option {
	opts := []hesop.Option{hesop.ReadFields(in.fields())}
	if in.RawWidth != 0 {
		opts = append(opts, hesop.RawWidth(in.RawWidth))
	}
	for _, arg := range in.Renames {
		rename, _ := renameOf(arg) // addRename has checked it
		opts = append(opts, rename)
	}
	return opts
}

// NotCodes declares that columns named after lists hold no codes: an earlier run wrote these columns for these lists.
func NotCodes(lists []*codelist.List) hesop.Option {
	var names []string
	for _, l := range lists {
		names = append(names, l.Name())
	}
	return hesop.NotCodes(names...)
}

// IsCodeColumn reports whether a reader would read codes from a column with the given name.
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

// ReadNames reads column names from the file that an option names.
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

// Open opens an input. Bytes that are read are counted in p and written to the hash sum; either may be nil. All bytes
// of a Parquet file are hashed before Open returns.
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
